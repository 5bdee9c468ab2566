"""The key with which an installation signs the heads of its exported logs (Ed25519).

It stands here because of the layers: the rules are standard library only, and a signature needs `cryptography`; the
office is not asked, because a log is verified with no database and without Django; and the key lies in DONDOC_HOME,
of which only the command line and the engine know.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from dondoc.rules import chain

FOLDER = "keys"
FILE = "log.pem"


class KeyRefused(Exception):
    """A key cannot be used; the message says why and what to do."""


def private_key(home: Path) -> Ed25519PrivateKey:
    """Give the key of an installation; made there the first time, readable by its owner alone."""
    path = home / FOLDER / FILE
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyRefused(f"Người khác trên máy đọc được {path}: hãy chạy `chmod 600 {path}` rồi cân nhắc thay khóa.")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise KeyRefused(f"{path} không phải khóa ký nhật ký: hãy lấy lại từ bản sao lưu.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused(f"{path} không phải khóa Ed25519: hãy lấy lại từ bản sao lưu.")
    return key


def _make(path: Path) -> None:
    """Make a key and put it in its place whole; of two processes at once the first one's stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def public_hex(key: Ed25519PrivateKey) -> str:
    """Write the public key as 64 hexadecimal digits, as it can be printed and read out."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """Write the public key as other programs read it (PEM)."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public(given: str) -> str:
    """Read a public key as 64 hexadecimal digits from such digits, or from a file that holds them or a PEM."""
    path = Path(given)
    text = path.read_text(errors="replace") if len(given) != 64 and path.is_file() else given
    if "-----BEGIN" in text:
        try:
            key = load_pem_public_key(text.encode())
        except ValueError as error:
            raise KeyRefused(f"{given} không phải khóa công khai.") from error
        if not isinstance(key, Ed25519PublicKey):
            raise KeyRefused(f"{given} không phải khóa Ed25519.")
        return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    digits = "".join(text.split()).lower()
    if len(digits) != 64 or set(digits) - set("0123456789abcdef"):
        raise KeyRefused(
            f"“{given[:80]}” không phải khóa công khai: cần 64 chữ số thập lục phân, hoặc một tệp chứa khóa."
        )
    return digits


def head_line(office: str, end: chain.End, *, exported_at: str, key: Ed25519PrivateKey) -> str:
    """Write the line in which an exported log ends, signed."""
    head = {
        "format": chain.FORMAT,
        "office": office,
        "seq": end.seq,
        "hash": end.hash,
        "exported_at": exported_at,
        "key": public_hex(key),
    }
    return chain.canonical({"head": head, "signature": key.sign(chain.canonical(head).encode()).hex()})


def is_signed(line: Mapping[str, Any]) -> bool:
    """Say whether a head line was signed with the key that it names itself; whose key that is, is another question."""
    head = line["head"]
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["key"]))
        key.verify(bytes.fromhex(line["signature"]), chain.canonical(head).encode())
    except (ValueError, InvalidSignature):
        return False
    return True
