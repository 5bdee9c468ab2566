"""Parameters and paper layouts: dated data, each with its source."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from dondoc.rules.lateness import OwnDays, late_rule
from dondoc.rules.layouts import NoLayout, layout_for, layouts
from dondoc.rules.parameters import (
    UnknownParameter,
    parameter,
    parameters,
    whole_number,
    whole_numbers,
    words,
)

TODAY = date(2024, 6, 18)


def test_a_parameter_has_a_value_a_unit_and_a_source():
    found = parameter("due_soon_days", on=TODAY)
    assert (found.value, found.unit, found.sure) == (7, "ngày", False)


def test_the_value_of_the_latest_day_not_after_holds():
    assert parameter("due_day_ends_at", on=date(2016, 12, 31)).from_on == date(1900, 1, 1)
    assert parameter("due_day_ends_at", on=date(2017, 1, 1)).from_on == date(2017, 1, 1)


def test_every_parameter_says_what_it_is_and_where_it_comes_from():
    assert [row.key for row in parameters() if not (row.says and row.unit and row.source)] == []
    keys = [(row.key, row.from_on) for row in parameters()]
    assert keys == sorted(set(keys))


def test_only_what_a_regulation_fixes_is_sure():
    sure = [(row.key, row.from_on.isoformat()) for row in parameters() if row.sure]
    assert sure == [("due_day_ends_at", "2017-01-01")]


def test_each_kind_of_parameter_is_asked_for_by_its_kind():
    assert whole_number("send_back_working_days", on=TODAY) == 3
    assert whole_numbers("reminder_lead_days", on=TODAY) == (7, 3, 1)
    assert words("due_day_ends_at", on=TODAY) == "24:00"


def test_an_entry_is_late_by_what_held_on_the_day_on_which_it_was_entered():
    learned, mended = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)
    own = (
        OwnDays(30, date(2024, 3, 1), None, learned, mended),
        OwnDays(20, date(2024, 3, 1), date(2024, 5, 1), mended, None),
        OwnDays(3, date(2024, 4, 1), None, learned, None),
    )
    rule = late_rule(own, known_at=None)
    days = [date(2024, month, day) for month, day in ((2, 29), (3, 1), (3, 31), (4, 1), (5, 1))]
    assert [rule.days_on(day) for day in days] == [7, 20, 20, 3, 3]
    assert [rule.is_late(20, entered_on=day) for day in days] == [True, False, False, True, True]
    assert [late_rule(own, known_at=learned).days_on(day) for day in days] == [7, 30, 30, 3, 3]
    assert late_rule((), known_at=None).days_on(TODAY) == 7


@pytest.mark.parametrize(
    "asked",
    [
        lambda: parameter("no_such", on=TODAY),
        lambda: parameter("due_soon_days", on=date(1899, 12, 31)),
        lambda: whole_number("before_day_counts", on=TODAY),
        lambda: whole_numbers("due_soon_days", on=TODAY),
        lambda: words("due_soon_days", on=TODAY),
    ],
)
def test_a_parameter_that_is_not_there_or_of_another_kind_is_named(asked):
    with pytest.raises(UnknownParameter, match=r"Tham số “.*parameters\.toml"):
        asked()


@pytest.mark.parametrize(
    ("hierarchy", "on", "key"),
    [
        ("state", "2020-03-05", "state-30-2020"),
        ("state", "2026-12-31", "state-30-2020"),
        ("party", "2018-04-03", "party-36-2018"),
        ("party", "2026-05-26", "party-36-2018"),
        ("party", "2026-05-27", "party-05-2026"),
    ],
)
def test_the_layout_of_a_hierarchy_on_a_day(hierarchy, on, key):
    assert layout_for(hierarchy, on=date.fromisoformat(on)).key == key


@pytest.mark.parametrize(("hierarchy", "on"), [("state", "2020-03-04"), ("party", "2018-04-02")])
def test_no_layout_is_made_up_for_days_before_the_first(hierarchy, on):
    with pytest.raises(NoLayout, match="Chưa có dữ liệu thể thức"):
        layout_for(hierarchy, on=date.fromisoformat(on))


def test_layouts_of_a_hierarchy_follow_each_other_without_gap_or_overlap():
    for before, after in pairwise(layouts()):
        if before.hierarchy == after.hierarchy:
            assert before.until_on == after.from_on
    assert [layout.key for layout in layouts() if layout.until_on is None] == [
        "party-05-2026",
        "state-30-2020",
    ]


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.key)
def test_every_size_lies_within_what_the_rule_allows(layout):
    outside = [key for key, part in layout.elements.items() if not part.sizes[0] <= part.size <= part.sizes[1]]
    assert outside == []
    assert layout.source


def test_all_layouts_have_the_same_parts_but_those_of_one_hierarchy_alone():
    own = {"state": {"motto"}, "party": {"issuer_mark"}}
    shared = [set(layout.elements) - own[layout.hierarchy] for layout in layouts()]
    assert shared[1:] == shared[:-1]


def test_the_line_of_number_and_symbol():
    state, party = layout_for("state", on=TODAY), layout_for("party", on=TODAY)
    assert state.number_line(5, kind="BC", body="UBND") == "Số: 05/BC-UBND"
    assert state.number_line(846, body="UBND", unit="TH") == "Số: 846/UBND-TH"
    assert state.number_line(846, body="UBND") == "Số: 846/UBND"
    assert party.number_line(5, kind="BC", body="TU") == "Số 05-BC/TU"
    assert party.number_line(1022, body="TU") == "Số 1022-CV/TU"


def shape(part):
    marks = {"b": part.bold, "i": part.italic, "C": part.caps, "u": part.underline}
    return "".join(mark for mark, has in marks.items() if has)


def test_the_shapes_of_the_parts():
    keys = ["national_title", "place_and_date", "kind", "letter_subject", "body", "recipients_label", "recipients"]
    shapes = {layout.key: [shape(layout.elements[key]) for key in keys] for layout in layouts()}
    party = ["bC", "i", "bC", "i", "", "u", ""]
    assert shapes == {
        "state-30-2020": ["bC", "i", "bC", "", "", "bi", ""],
        "party-36-2018": party,
        "party-05-2026": party,
    }


def test_what_was_not_read_in_the_rule_itself_says_so():
    state = layout_for("state", on=TODAY)
    assert [state.sure, state.margins.sure, state.page_number.sure, state.body.sure] == [True] * 4
    assert sorted(key for key, part in state.elements.items() if not part.sure) == [
        "draft_mark",
        "footnote",
        "table",
    ]
    older = layout_for("party", on=TODAY)
    assert [older.sure, older.margins.sure, older.page_number.sure, older.body.sure] == [True] + [False] * 3
    assert (older.elements["kind"].sure, older.elements["signer_name"].sure) == (True, False)
    newer = layout_for("party", on=date(2026, 6, 1))
    assert [newer.sure, newer.margins.sure, newer.page_number.sure, newer.body.sure] == [False] * 4
    assert {part.sure for part in newer.elements.values()} == {False}


def test_party_and_state_papers_differ_where_the_rules_differ():
    state, party = layout_for("state", on=TODAY), layout_for("party", on=TODAY)
    assert (state.ending_mark, party.ending_mark) == ("./.", ".")
    assert (state.signer_forms["collective"], party.signer_forms["collective"]) == ("TM.", "T/M")
    assert (state.elements["signer_post"].bold, party.elements["signer_post"].bold) == (True, False)
    assert (state.number_restarts, party.number_restarts) == ("year", "term")
