"""What the engine refuses, each in one sentence that says what to do; and what does not put it off."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from dondoc import engine
from engine.processes import User, servers

pytestmark = pytest.mark.engine
Sized = Callable[[int], Path]
AsPlainUser = Callable[[Callable[[], str]], str]


def refusal(kind: type[engine.Refused], home: Path) -> str:
    """Give the sentence with which the folder is refused."""
    with pytest.raises(engine.Refused) as refused, engine.running(home):
        pass
    assert type(refused.value) is kind
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert ". " not in sentence
    assert "hãy" in sentence, "it says what to do"
    return sentence


def opened(home: Path) -> str:
    """Open the folder's database and give the word `opened`, or the name of the refusal."""
    try:
        with engine.running(home) as url:
            psycopg.connect(url).close()
    except engine.Refused as refused:
        return type(refused).__name__
    return "opened"


def test_the_longest_path_works_and_one_more_byte_is_refused(place: Path) -> None:
    longest = place / ("đ" * 40 + "x" * 100).encode()[: 89 - len(bytes(place)) - 1].decode()
    assert len(bytes(longest)) == 89
    assert opened(longest) == "opened"
    longer = longest.with_name(longest.name + "x")
    sentence = refusal(engine.PathTooLong, longer)
    assert "dài 90 byte" in sentence
    assert "chỉ cho 89" in sentence
    assert not longer.exists()


def test_a_comma_in_the_path(place: Path) -> None:
    assert "dấu phẩy" in refusal(engine.PathTooLong, place / "a,b")


def test_every_other_sign_in_a_name_works(place: Path) -> None:
    assert opened(place / "một $HOME `id` '\"%20?&=#@") == "opened"


def test_a_folder_of_another_user(place: Path) -> None:
    if os.geteuid() == 0:
        foreign = place / "foreign"
        foreign.mkdir()
        os.chown(foreign, 65534, 65534)
    else:
        foreign = Path("/usr")
    before = sorted(os.listdir(foreign))
    assert "thuộc về" in refusal(engine.FolderOfAnother, foreign)
    assert sorted(os.listdir(foreign)) == before


def test_a_read_only_folder(place: Path, as_plain_user: AsPlainUser) -> None:
    closed = place / "closed"

    def attempt() -> str:
        closed.chmod(0o500)
        return opened(closed)

    closed.mkdir()
    if os.geteuid() == 0:
        os.chown(closed, 65534, 65534)
    assert as_plain_user(attempt) == "FolderNotWritable"


def test_a_read_only_disk(small_disk: Sized) -> None:
    disk = small_disk(10)
    (disk / "office").mkdir()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert str(disk) in refusal(engine.FolderNotWritable, disk / "office")


def test_a_disk_too_small_for_a_database_leaves_nothing_half_made(small_disk: Sized) -> None:
    home = small_disk(20) / "office"
    assert "đã đầy" in refusal(engine.DiskFull, home)
    assert not (home / "database").exists()
    assert not (home / "database.new").exists()
    small_disk(200)
    assert opened(home) == "opened"


def test_a_disk_that_is_full_at_the_next_start(small_disk: Sized) -> None:
    home = small_disk(150) / "office"
    with engine.running(home) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table kept as select generate_series(1, 100) as a")
    ballast = home.parent / "ballast"
    subprocess.run(["cp", "/dev/zero", str(ballast)], check=False, capture_output=True)
    refusal(engine.DiskFull, home)
    assert servers(home) == []
    ballast.unlink()
    with engine.running(home) as url, psycopg.connect(url) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (100,)


def test_data_of_another_version(made: Path) -> None:
    assert opened(made) == "opened"
    (made / "database" / "PG_VERSION").write_text("16\n")
    sentence = refusal(engine.WrongVersion, made)
    assert "PostgreSQL 16" in sentence
    assert f"PostgreSQL {engine.MAJOR}" in sentence
    (made / "database" / "PG_VERSION").write_text(f"{engine.MAJOR}\n")
    assert opened(made) == "opened"


def test_something_else_stands_where_the_data_belong(made: Path) -> None:
    assert opened(made) == "opened"
    owner = (made / "database").stat()
    shutil.rmtree(made / "database")
    (made / "database").mkdir()
    (made / "database" / "letters.txt").write_text("important")
    os.chown(made / "database", owner.st_uid, owner.st_gid)
    refusal(engine.NotADatabase, made)
    assert (made / "database" / "letters.txt").read_text() == "important"


def test_a_file_stands_where_the_folder_belongs(place: Path) -> None:
    (place / "office").write_text("a letter")
    refusal(engine.NotADatabase, place / "office")


def test_damaged_data_are_refused_with_the_servers_own_words(made: Path) -> None:
    assert opened(made) == "opened"
    (made / "database" / "global" / "pg_control").write_bytes(b"")
    assert "pg_control" in refusal(engine.StartFailed, made)
    assert servers(made) == []


@pytest.mark.parametrize("variable", ["LC_ALL", "LANG"])
def test_a_locale_that_is_not_installed(home: Path, begin: Callable[..., User], variable: str) -> None:
    user = begin(home, **{variable: "vi_XX.TCVN5712"}).started()
    assert user.ask("show server_encoding") == "UTF8"
    assert user.ask("select lower('ĐỐC') || upper('đôn')") == "đốcĐÔN"
    assert user.ask("select string_agg(a, '' order by a) from unnest(array['b', 'đ', 'B', 'a']) as a") == "Babđ"
    assert user.leave()[0] == 0


def test_nobody_answers_at_database_url() -> None:
    with (
        pytest.raises(engine.NoAnswer) as refused,
        engine.database({"DATABASE_URL": "postgresql://u:secret@127.0.0.1:1/x"}),
    ):
        pass
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_database_at_database_url_that_does_not_store_utf8(made: Path) -> None:
    with engine.running(made) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("create database old encoding 'SQL_ASCII' locale_provider libc template template0")
        with pytest.raises(engine.ServerUnfit, match="SQL_ASCII"):
            engine.checked(url.replace("/dondoc?", "/old?"))
        assert engine.checked(url) == url


def test_where_the_data_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine.home_folder({"DONDOC_HOME": "/srv/office"}) == Path("/srv/office")
    monkeypatch.setenv("HOME", "/home/lan")
    usual = Path("/var/lib/dondoc") if os.geteuid() == 0 else Path("/home/lan/.local/share/dondoc")
    assert engine.home_folder({}) == usual
