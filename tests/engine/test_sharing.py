"""Processes that use one folder share one server; however they end, the next one finds things in order."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dondoc import engine
from dondoc.engine import cluster
from engine.processes import ENDINGS, User, postmaster, servers, wait_until

pytestmark = pytest.mark.engine
Begin = Callable[..., User]


def test_the_last_to_leave_stops_the_server(home: Path, begin: Begin) -> None:
    first, second = begin(home).started(), begin(home).started()
    pid = postmaster(home)
    assert first.ask("create table kept (a int)") == "CREATE TABLE"
    assert first.leave()[0] == 0
    assert postmaster(home) == pid
    assert second.ask("select count(*) from kept") == "0"
    assert second.leave()[0] == 0
    assert servers(home) == []
    assert not (home / "database" / "postmaster.pid").exists()


@pytest.mark.parametrize("ended", [0, 1])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_one_of_two_is_ended(made: Path, begin: Begin, how: signal.Signals, ended: int) -> None:
    users = [begin(made).started(), begin(made).started()]
    pid = postmaster(made)
    users[ended].send(how)
    other = users[1 - ended]
    assert other.ask("select 1") == "1"
    assert postmaster(made) == pid
    assert other.leave()[0] == 0
    assert servers(made) == []


@pytest.mark.parametrize("how", ENDINGS)
def test_a_signal_is_a_good_end(made: Path, begin: Begin, how: signal.Signals) -> None:
    begin(made).started().send(how)
    assert servers(made) == []


def test_after_kill_of_all_the_next_takes_the_server_over(made: Path, begin: Begin) -> None:
    users = [begin(made).started(), begin(made).started()]
    pid = postmaster(made)
    for user in users:
        user.send(signal.SIGKILL)
    assert postmaster(made) == pid, "nobody was left to stop it"
    with engine.running(made) as url:
        assert postmaster(made) == pid
        psycopg.connect(url).close()
    assert servers(made) == []


def test_the_server_itself_is_killed(made: Path, begin: Begin) -> None:
    user = begin(made).started()
    user.ask("create table kept as select generate_series(1, 1000) as a")
    pid = postmaster(made)
    subprocess.run(["kill", "-9", str(pid)], check=True)
    said: list[str] = []
    with engine.running(made, say=said.append) as url, psycopg.connect(url) as connection:
        assert connection.execute("select sum(a) from kept").fetchone() == (500500,)
        assert postmaster(made) != pid
        assert user.ask("select count(*) from kept") == "1000", "the older process goes on with the new server"
        assert user.leave()[0] == 0
    assert ["phục hồi" in line and "vài phút" in line for line in said] == [True]
    assert servers(made) == []


def test_killed_server_and_nobody_starts_it_again(made: Path, begin: Begin) -> None:
    user = begin(made).started()
    subprocess.run(["kill", "-9", str(postmaster(made))], check=True)
    assert user.leave()[0] == 0
    with engine.running(made, say=lambda _line: None):
        pass
    assert servers(made) == []


def test_a_long_process_starts_a_killed_server_again(made: Path) -> None:
    said: list[str] = []
    with engine.running(made) as url:
        subprocess.run(["kill", "-9", str(postmaster(made))], check=True)
        wait_until(lambda: not servers(made))
        engine.keep(made, say=said.append)
        psycopg.connect(url).close()
        engine.keep(made, say=said.append)
    assert len(said) == 1


def test_the_server_itself_is_told_to_end(made: Path, begin: Begin) -> None:
    """PostgreSQL then waits for its clients, answers nobody new, and would wait for ever."""
    user = begin(made).started()
    lasting = psycopg.connect(user.url)
    pid = postmaster(made)
    subprocess.run(["kill", "-TERM", str(pid)], check=True)
    wait_until(lambda: "stopping" in (made / "database" / "postmaster.pid").read_text())
    with engine.running(made) as url:
        psycopg.connect(url).close()
        assert postmaster(made) != pid
    lasting.close()
    assert user.leave()[0] == 0


def test_a_long_recovery_is_waited_for_and_says_how_long(
    made: Path, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the server takes; here it only says on file that it is still starting."""
    monkeypatch.setattr(cluster, "TELL_EVERY", 0.2)
    user = begin(made).started()
    file = made / "database" / "postmaster.pid"
    ready = file.read_text()
    file.write_text(ready.replace("ready   ", "starting"))
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == 3:
            file.write_text(ready)

    with engine.running(made, say=say) as url:
        psycopg.connect(url).close()
    assert len(said) == 3
    assert all("vẫn đang phục hồi, đã" in line for line in said)
    assert user.leave()[0] == 0


def test_many_start_at_once(home: Path, begin: Begin) -> None:
    users = [begin(home) for _ in range(5)]
    assert {user.started().ask("select pg_postmaster_start_time()") for user in users} == {
        users[0].ask("select pg_postmaster_start_time()")
    }
    for user in users:
        user.send(signal.SIGTERM)
    assert servers(home) == []


def test_a_killed_first_start_leaves_nothing_in_the_way(home: Path) -> None:
    half = home / "database.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("1")
    with engine.running(home) as url:
        psycopg.connect(url).close()
    assert not half.exists()


def _left_behind(home: Path, pid: int) -> None:
    """Leave the files of a killed server, with a number that is another process's by now."""
    data, sockets = home / "database", home / "run"
    (data / "postmaster.pid").write_text(f"{pid}\n{data}\n1700000000\n5432\n../run\n\n\nready   \n")
    (sockets / ".s.PGSQL.5432.lock").write_text(f"{pid}\n{data}\n1700000000\n5432\n../run\n")


def test_the_number_of_a_killed_server_is_another_program_now(made: Path) -> None:
    with engine.running(made):
        pass
    # Of the server's own user: only such a number makes PostgreSQL itself refuse to start.
    with subprocess.Popen(["sleep", "3600"], user=(made / "database").stat().st_uid) as bystander:
        try:
            _left_behind(made, bystander.pid)
            with engine.running(made, say=lambda _line: None) as url:
                psycopg.connect(url).close()
                assert postmaster(made) != bystander.pid
            assert bystander.poll() is None, "another program was ended"
        finally:
            bystander.kill()


def test_the_number_of_a_killed_server_is_another_folders_server_now(made: Path, place: Path) -> None:
    with engine.running(made):
        pass
    with engine.running(place / "other") as other:
        _left_behind(made, postmaster(place / "other"))
        with engine.running(made, say=lambda _line: None) as url:
            assert url != other
            psycopg.connect(url).close()
        psycopg.connect(other).close()
