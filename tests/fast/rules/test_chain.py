"""An exported log is checked line by line: whatever was changed, dropped, added or put elsewhere is named by its
place."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules import chain
from dondoc.rules.chain import FaultKind, canonical, check


def log(size: int = 6, *, office: str = "gan") -> list[str]:
    """Write a small log as an export has it, with an unsigned head."""
    lines, previous = [], chain.START
    for seq in range(1, size + 1):
        detail = canonical({"salt": f"{seq:016x}", "rows": [{"table": "duty", "id": seq, "note": "Đã giao"}]})
        entry = {
            "office": office,
            "seq": seq,
            "recorded_at": f"2023-12-02T08:00:{seq:02}+00:00",
            "actor": "Nguyễn Văn Thử",
            "account": 7,
            "action": "move_duty",
            "detail": detail,
            "detail_digest": chain.digest(detail),
            "previous": previous,
        }
        previous = chain.entry_hash(entry)
        lines.append(canonical(entry | {"hash": previous}))
    return [*lines, head(office, size, previous)]


def head(office: str, seq: int, last: str) -> str:
    values = {"format": chain.FORMAT, "office": office, "seq": seq, "hash": last, "exported_at": "", "key": ""}
    return canonical({"head": values, "signature": ""})


def altered(line: str, **values: object) -> str:
    return canonical(json.loads(line) | values)


def places(lines: list[str]) -> list[tuple[int, int | None, FaultKind]]:
    """Say what is wrong with a log, where: line, entry, kind."""
    return [(fault.line, fault.seq, fault.kind) for fault in check(lines).faults]


def test_a_log_as_it_was_written_has_no_fault():
    found = check(log())
    assert (found.entries, found.expunged, found.faults, found.end.seq) == (6, 0, (), 6)
    assert json.loads(log()[-1]) == found.head


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_end_of_a_line_is_no_part_of_it(end):
    assert check(line + end for line in log()).faults == ()


def test_an_empty_log_is_whole():
    assert check(log(0)).faults == ()


@pytest.mark.parametrize("name", [*chain.CHAINED, "hash", "detail"])
def test_every_field_of_an_entry_is_bound(name):
    lines = log()
    old = json.loads(lines[2])[name]
    lines[2] = altered(lines[2], **{name: old + 1 if isinstance(old, int) else old.replace("2", "3") + "x"})
    assert 3 in {fault.line for fault in check(lines).faults}


@pytest.mark.parametrize("name", [*chain.CHAINED, "hash", "detail"])
def test_a_field_that_is_missing_is_missed(name):
    lines = log()
    entry = json.loads(lines[2])
    del entry[name]
    lines[2] = canonical(entry)
    assert places(lines)[0] == (3, None if name == "seq" else 3, FaultKind.NOT_AN_ENTRY)


TAMPERED: dict[str, tuple[Callable[[list[str]], list[str]], list[tuple[int, int | None, FaultKind]]]] = {
    "an actor changed": (
        lambda lines: [*lines[:2], altered(lines[2], actor="Người khác"), *lines[3:]],
        [(3, 3, FaultKind.CHANGED)],
    ),
    "a detail changed": (
        lambda lines: [*lines[:2], altered(lines[2], detail="{}"), *lines[3:]],
        [(3, 3, FaultKind.DETAIL_CHANGED)],
    ),
    "a detail changed with its digest": (
        lambda lines: [*lines[:2], altered(lines[2], detail="{}", detail_digest=chain.digest("{}")), *lines[3:]],
        [(3, 3, FaultKind.CHANGED)],
    ),
    "a field added": (
        lambda lines: [*lines[:2], altered(lines[2], note="x"), *lines[3:]],
        [(3, 3, FaultKind.NOT_AN_ENTRY), (4, 4, FaultKind.OUT_OF_PLACE), (4, 4, FaultKind.NOT_FOLLOWING)],
    ),
    "a field that stands there twice": (
        lambda lines: [*lines[:2], '{"actor":"Người khác",' + lines[2][1:], *lines[3:]],
        [(3, 3, FaultKind.REWRITTEN)],
    ),
    "spaces put in": (
        lambda lines: [*lines[:2], lines[2].replace(":", ": "), *lines[3:]],
        [(3, 3, FaultKind.REWRITTEN)],
    ),
    "half a character": (
        lambda lines: [*lines[:2], lines[2].replace("move_duty", "\\ud800"), *lines[3:]],
        [(3, 3, FaultKind.REWRITTEN)],
    ),
    "an entry dropped": (
        lambda lines: [*lines[:2], *lines[3:]],
        [(3, 4, FaultKind.OUT_OF_PLACE), (3, 4, FaultKind.NOT_FOLLOWING)],
    ),
    "the first entry dropped": (
        lambda lines: lines[1:],
        [(1, 2, FaultKind.OUT_OF_PLACE), (1, 2, FaultKind.NOT_FOLLOWING)],
    ),
    "an entry added": (
        lambda lines: [*lines[:3], lines[2], *lines[3:]],
        [(4, 3, FaultKind.OUT_OF_PLACE), (4, 3, FaultKind.NOT_FOLLOWING)],
    ),
    "an empty line": (lambda lines: [*lines[:3], "", *lines[3:]], [(4, None, FaultKind.NOT_JSON)]),
    "a list": (lambda lines: [*lines[:3], "[1]", *lines[3:]], [(4, None, FaultKind.NOT_AN_ENTRY)]),
    "very deep": (lambda lines: [*lines[:3], "[" * 100_000, *lines[3:]], [(4, None, FaultKind.NOT_JSON)]),
    "two entries swapped": (
        lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
        [
            (3, 4, FaultKind.OUT_OF_PLACE),
            (3, 4, FaultKind.NOT_FOLLOWING),
            (4, 3, FaultKind.OUT_OF_PLACE),
            (4, 3, FaultKind.NOT_FOLLOWING),
            (4, 3, FaultKind.BACK_IN_TIME),
            (5, 5, FaultKind.OUT_OF_PLACE),
            (5, 5, FaultKind.NOT_FOLLOWING),
        ],
    ),
    "the last entries cut off": (lambda lines: [*lines[:4], lines[-1]], [(5, None, FaultKind.OTHER_END)]),
    "everything from the middle cut off": (lambda lines: lines[:4], [(5, None, FaultKind.NO_HEAD)]),
    "something after the head": (lambda lines: [*lines, lines[0]], [(8, 1, FaultKind.AFTER_HEAD)]),
    "two heads": (lambda lines: [*lines, lines[-1]], [(8, None, FaultKind.AFTER_HEAD)]),
    "the head of another log": (
        lambda lines: [*lines[:-1], log(office="xa")[-1]],
        [(7, None, FaultKind.OTHER_LAST), (7, None, FaultKind.OTHER_OFFICE)],
    ),
    "a head of another format": (
        lambda lines: [*lines[:-1], lines[-1].replace(chain.FORMAT, "dondoc-log-9")],
        [(7, None, FaultKind.HEAD_FORMAT)],
    ),
    "a head with spaces": (
        lambda lines: [*lines[:-1], lines[-1].replace(":", ": ")],
        [(7, None, FaultKind.REWRITTEN)],
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_done_to_a_log_is_named_with_its_place(name):
    tampered, expected = TAMPERED[name]
    assert places(tampered(log())) == expected


def test_a_chain_that_goes_back_in_time_is_found_although_it_hangs_together():
    lines, previous = [], chain.START
    for entry in map(json.loads, log()[:-1]):
        entry |= {"previous": previous}
        if entry["seq"] == 4:
            entry |= {"recorded_at": "2023-12-02T07:59:59+00:00"}
        previous = entry["hash"] = chain.entry_hash(entry)
        lines.append(canonical(entry))
    assert places([*lines, head("gan", 6, previous)]) == [(4, 4, FaultKind.BACK_IN_TIME)]


def test_an_entry_whose_detail_was_expunged_still_follows():
    lines = log()
    lines[2] = altered(lines[2], detail=None)
    found = check(lines)
    assert (found.faults, found.entries, found.expunged) == ((), 6, 1)


def test_a_log_read_from_its_table_has_no_head_and_must_end_where_it_is_known_to_end():
    whole = log()
    end = check(whole).end
    assert check(whole[:-1], sealed=False, end=end).faults == ()
    cut = check(whole[:-2], sealed=False, end=end)
    assert [fault.kind for fault in cut.faults] == [FaultKind.OTHER_END]


def test_what_is_no_log_at_all_is_told_shortly():
    found = check("x" for _n in range(5000))
    assert (len(found.faults), found.faults_in_all) == (chain.MOST_FAULTS, 5001)


def test_every_fault_can_be_said():
    for tampered, _expected in TAMPERED.values():
        for fault in check(tampered(log())).faults:
            assert fault.what
            assert "{" not in fault.what


@given(data=st.data())
def test_no_single_character_can_be_changed_unseen(data):
    lines = log(3)
    number = data.draw(st.integers(0, 2))
    place = data.draw(st.integers(0, len(lines[number]) - 1))
    letter = data.draw(st.characters(exclude_characters=lines[number][place] + "\r\n", exclude_categories=["Cs"]))
    lines[number] = lines[number][:place] + letter + lines[number][place + 1 :]
    assert number + 1 in {fault.line for fault in check(lines).faults}
