"""A log that was taken out of the house is checked with nothing but the program and, better, the office's key."""

from __future__ import annotations

import json
import stat
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner, Result

from dondoc.cli import app, history, signing
from dondoc.rules import chain
from guards.test_bare import without


def entries(size: int, *, actor: str = "Nguyễn Văn Thử") -> Iterator[str]:
    """Write a log line by line, never more than one of them at hand."""
    previous, detail = chain.START, "{}"
    for seq in range(1, size + 1):
        entry = {
            "office": "gan",
            "seq": seq,
            "recorded_at": "2023-12-02T08:00:00+00:00",
            "actor": actor,
            "account": None,
            "action": "move_duty",
            "detail": detail,
            "detail_digest": chain.digest(detail),
            "previous": previous,
        }
        previous = chain.entry_hash(entry)
        yield chain.canonical(entry | {"hash": previous})


def dondoc(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def log(tmp_path: Path, home: Path) -> Path:
    """An export of five entries, signed with the key of the house."""
    history.write_export(tmp_path / "log.jsonl", "gan", entries(5), signing.private_key(home))
    return tmp_path / "log.jsonl"


@pytest.fixture
def public(home: Path) -> str:
    return signing.public_hex(signing.private_key(home))


def test_the_private_key_is_made_once_and_is_its_owners_alone(home):
    first = dondoc("log", "key").stdout
    assert dondoc("log", "key").stdout == first
    assert [path.name for path in (home / "keys").iterdir()] == ["log.pem"]
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "keys" / "log.pem").stat().st_mode) == 0o600


def test_a_private_key_that_others_can_read_is_refused(home):
    dondoc("log", "key")
    (home / "keys" / "log.pem").chmod(0o640)
    refused = dondoc("log", "key")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "chmod 600" in refused.stderr


def test_a_private_key_that_is_none_is_refused(home):
    dondoc("log", "key")
    (home / "keys" / "log.pem").write_text("x")
    refused = dondoc("log", "key")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)


def test_the_public_key_can_be_given_in_three_ways(home, log, public, tmp_path):
    pem, digits = tmp_path / "public.pem", tmp_path / "public.txt"
    assert dondoc("log", "key", "--out", pem).stdout == public + "\n"
    digits.write_text(f"{public[:32]}\n{public[32:].upper()}\n")
    for given in (public, pem, digits):
        checked = dondoc("verify-log", log, "--key", given)
        assert (checked.exit_code, "đúng chữ ký của khóa đã cho" in checked.stdout) == (0, True)
    assert dondoc("log", "key", "--out", pem).exit_code == 1, "a key must not take the place of another file"


@pytest.mark.parametrize("given", ["", "ab", "x" * 64, "no such file"])
def test_what_is_no_key_is_refused(log, given):
    refused = dondoc("verify-log", log, "--key", given or "-")
    assert refused.exit_code == 1
    assert "không phải khóa công khai" in refused.stderr


def test_without_a_key_it_is_said_what_is_not_proved(log):
    checked = dondoc("verify-log", log)
    assert checked.exit_code == 0
    assert "5 mục, nguyên vẹn" in checked.stdout
    assert history.UNPROVED in checked.stdout


def test_a_wrong_key_is_said_to_be_wrong(log):
    other = signing.public_hex(Ed25519PrivateKey.generate())
    refused = dondoc("verify-log", log, "--key", other)
    assert refused.exit_code == 1
    assert "khóa khác" in refused.stderr


def test_a_change_is_named_with_its_line_and_entry(log, public):
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(lines).replace("move_duty", "x", 1), encoding="utf-8")
    found = dondoc("verify-log", log, "--key", public)
    assert (found.exit_code, found.stdout) == (1, "dòng 1, mục 1: đã bị sửa\n")


def test_bytes_that_are_no_text_are_found_and_do_not_end_the_check(log):
    content = log.read_bytes()
    log.write_bytes(content.replace("Nguyễn".encode(), b"Nguy\xffn", 1))
    found = dondoc("verify-log", log)
    assert found.exit_code == 1
    assert found.stdout.startswith("dòng 1: ")


def test_a_cut_tail_shows_with_and_without_a_key(log, public):
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[:3]), encoding="utf-8")
    for key in ((), ("--key", public)):
        found = dondoc("verify-log", log, *key)
        assert (found.exit_code, found.stdout.split(":")[0]) == (1, "dòng 4")


def test_a_cut_tail_under_a_head_of_ones_own_shows_with_the_key_only(home, public, tmp_path):
    forged = tmp_path / "forged.jsonl"
    history.write_export(forged, "gan", entries(3), Ed25519PrivateKey.generate())
    assert dondoc("verify-log", forged).exit_code == 0
    found = dondoc("verify-log", forged, "--key", public)
    assert (found.exit_code, "khóa khác" in found.stderr) == (1, True)


def test_a_chain_rewritten_from_the_start_shows_with_the_key_only(log, public, tmp_path):
    """Whoever holds no key can copy the old head or sign with another key; neither passes."""
    forged = tmp_path / "forged.jsonl"
    own = Ed25519PrivateKey.generate()
    history.write_export(forged, "gan", entries(5, actor="Người khác"), own)
    assert dondoc("verify-log", forged).exit_code == 0
    assert dondoc("verify-log", forged, "--key", public).exit_code == 1
    old_head = log.read_text(encoding="utf-8").splitlines()[-1]
    lines = forged.read_text(encoding="utf-8").splitlines()
    forged.write_text("\n".join([*lines[:-1], old_head]) + "\n", encoding="utf-8")
    found = dondoc("verify-log", forged, "--key", public)
    assert (found.exit_code, found.stdout.split(":")[0]) == (1, "dòng 6")


@pytest.mark.parametrize("name", ["seq", "hash", "exported_at", "office", "key"])
def test_a_head_cannot_be_changed(log, public, name):
    *lines, head = log.read_text(encoding="utf-8").splitlines()
    line = json.loads(head)
    line["head"][name] = {"seq": 4, "key": signing.public_hex(Ed25519PrivateKey.generate())}.get(name, "x" * 64)
    log.write_text("\n".join([*lines, chain.canonical(line)]) + "\n", encoding="utf-8")
    assert dondoc("verify-log", log, "--key", public).exit_code == 1
    assert dondoc("verify-log", log).exit_code == 1


def test_a_file_that_is_there_is_not_written_over(log, home):
    before = log.read_bytes()
    with pytest.raises(Exception, match="1"):
        history.write_export(log, "gan", entries(1), signing.private_key(home))
    assert log.read_bytes() == before


def test_an_export_that_fails_leaves_no_file(home, tmp_path):
    def broken() -> Iterator[str]:
        yield from entries(2)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        history.write_export(tmp_path / "half.jsonl", "gan", broken(), signing.private_key(home))
    assert not (tmp_path / "half.jsonl").exists()


def test_a_missing_file_is_one_sentence(tmp_path):
    refused = dondoc("verify-log", tmp_path / "none.jsonl")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)


def test_memory_does_not_grow_with_the_log(home, tmp_path):
    """Ten times the entries, written and checked, in the same memory."""
    peaks = []
    for size in (500, 5_000):
        tracemalloc.start()
        file = tmp_path / f"{size}.jsonl"
        history.write_export(file, "gan", entries(size), signing.private_key(home))
        with open(file, encoding="utf-8") as lines:
            assert chain.check(lines).entries == size
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0] + 200_000


def test_a_log_is_verified_where_django_is_not_installed(log, public):
    program = f"from dondoc.cli import app; app(['verify-log', {str(log)!r}, '--key', {public!r}])"
    checked = without({"django", "procrastinate"}, program)
    assert (checked.returncode, "5 mục, nguyên vẹn" in checked.stdout) == (0, True), checked.stderr
