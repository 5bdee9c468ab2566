"""Which program prints: its version, and a fingerprint of everything that a printed page can depend on."""

from __future__ import annotations

import hashlib
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dondoc import __version__
from dondoc.office.charts import FONTS_FOLDER

_ROOT = Path(__file__).resolve().parents[2]
_KINDS = frozenset({".py", ".toml", ".txt", ".typ", ".css", ".po"})
_NOT_OURS = frozenset({"vendor", "collected", "migrations", "demo"})
# What draws, sets and packs the files that are kept: another release of it may write other bytes.
_PRINTERS = ("lxml", "python-docx", "typst", "vl-convert-python", "xlsxwriter")
_LETTERS = 10


@cache
def program_version() -> str:
    """Name the program that prints: "0.1.0 (3f9c2a71be)".

    The letters are a fingerprint of its own files and of the releases of what it prints with: two programs of the same
    version and other letters may print other bytes, two with the same letters print the same.
    """
    found = hashlib.sha256()
    for path in sorted(_ROOT.rglob("*")):
        within = path.relative_to(_ROOT)
        if path.suffix in _KINDS and not _NOT_OURS & set(within.parts):
            found.update(within.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for path in sorted(FONTS_FOLDER.glob("*.ttf")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    found.update(f"zlib {zlib.ZLIB_RUNTIME_VERSION}\0".encode())
    for name in _PRINTERS:
        found.update(f"{name} {_release(name)}\0".encode())
    return f"{__version__} ({found.hexdigest()[:_LETTERS]})"


def _release(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
