"""As whom PostgreSQL runs: it refuses root, so root lends it an account that can do nothing else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .refusals import FolderOfAnother, NoAccount

NAME = "dondoc"


@dataclass(frozen=True)
class Account:
    """The user and group numbers under which the server runs; `lent` when root lends them."""

    uid: int
    gid: int
    lent: bool


def server_account() -> Account:
    """Return the account for the server: our own, or `dondoc` when we are root (made when missing)."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), lent=False)
    entry = _entry() or _made()
    if entry.pw_uid == 0:
        raise NoAccount(f"Tài khoản {NAME} đang có quyền root: hãy đổi thành tài khoản thường rồi chạy lại.")
    return Account(entry.pw_uid, entry.pw_gid, lent=True)


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path=os.defpath + ":/usr/sbin:/sbin")
    if useradd:
        command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent"]
        command += ["--shell", "/usr/sbin/nologin", NAME]
        # Two first starts at once: the second finds the list of users locked, then the account made.
        for _ in range(20):
            subprocess.run(command, check=False, capture_output=True)
            if entry := _entry():
                return entry
            time.sleep(0.1)
    raise NoAccount(
        f"PostgreSQL không chạy bằng quyền root và không tạo được tài khoản {NAME}: "
        f"hãy tạo tài khoản {NAME}, chạy bằng tài khoản thường, hoặc đặt DATABASE_URL."
    )


def check_owner(folder: Path, uid: int) -> None:
    """Refuse a folder that belongs to somebody else: nothing of it is touched."""
    owner = folder.stat().st_uid
    if owner != uid:
        raise FolderOfAnother(
            f"{folder} thuộc về {_name(owner)}, không phải {_name(uid)}: "
            f"hãy chạy bằng tài khoản {_name(owner)}, hoặc đặt DONDOC_HOME là thư mục khác."
        )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"người dùng số {uid}"
