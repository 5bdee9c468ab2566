"""Why the database cannot be opened: each refusal is one sentence with what to do next."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Refused(Exception):
    """The database cannot be opened; the message is one Vietnamese sentence: what is wrong and what to do."""


class PathTooLong(Refused):
    """The folder's name is longer than the system allows for a local socket."""


class FolderOfAnother(Refused):
    """The folder belongs to another user of this machine."""


class FolderNotWritable(Refused):
    """Nothing can be written in the folder."""


class DiskFull(Refused):
    """The disk that holds the folder has no room left."""


class WrongVersion(Refused):
    """The data were made by a PostgreSQL of another major version."""


class NotADatabase(Refused):
    """The folder holds something that is not our database."""


class OutOfReach(Refused):
    """The account that runs the database may not pass through a folder above it."""


class NoAccount(Refused):
    """The account that runs the database for root does not exist and cannot be made."""


class NoEngine(Refused):
    """PostgreSQL does not come with this installation."""


class StartFailed(Refused):
    """PostgreSQL did not start; its own last words are in the message."""


class NoAnswer(Refused):
    """The server named by DATABASE_URL does not answer."""


class ServerUnfit(Refused):
    """The server named by DATABASE_URL is older than 15 or does not store UTF-8."""


FULL = (errno.ENOSPC, errno.EDQUOT)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


def disk_full(folder: Path) -> DiskFull:
    return DiskFull(f"Ổ đĩa chứa {folder} đã đầy: hãy giải phóng chỗ trống rồi chạy lại.")


@contextmanager
def refusing(folder: Path) -> Iterator[None]:
    """Turn the system's "no room" and "not permitted" into our sentences; let every other error through."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise disk_full(folder) from error
        if error.errno in CLOSED:
            raise FolderNotWritable(
                f"Không ghi được vào {error.filename or folder}: "
                "hãy cấp quyền ghi, hoặc đặt DONDOC_HOME là một thư mục ghi được."
            ) from error
        if error.errno in (errno.ENOTDIR, errno.EEXIST):
            raise NotADatabase(
                f"{error.filename or folder} không phải là thư mục: hãy đặt DONDOC_HOME là một thư mục."
            ) from error
        raise
