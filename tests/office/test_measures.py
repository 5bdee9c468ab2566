"""The rates by which work is counted: SQL as the rule, versions from a day on, points and places of agencies."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cases.reading import params
from dondoc.office import figures
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.definitions import DefinitionRefused, NewDefinition, NewGroup, lay_down_definition
from dondoc.office.actions.duties import Move, move_duty, set_due
from dondoc.office.actions.measures import LayingRefused, NewMeasure, lay_down_measure
from dondoc.office.actions.scales import NewScale, ScaleNotLaid, lay_down_scale
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Change, LogEntry, Measure, Scale
from dondoc.office.queries import duties, measures, scales
from dondoc.rules import measures as rules
from dondoc.rules.deadlines import DueRule, due_soon_days
from dondoc.rules.measures import bucket, has_come, ratio
from dondoc.rules.scales import Band, Criterion, shipped_on
from office.asking import signed_in, words
from office.conftest import START, World
from office.registers import FIRST_DAY, register
from office.test_twins import CLASSES, Filled, by_the_rules, drawn, filled, questions  # noqa: F401

pytestmark = pytest.mark.django_db
DAY = date(2022, 6, 1)
LATER = date(2022, 9, 1)
OF_DUE = "Tỷ lệ hoàn thành trên số đã đến hạn, từ 01/01/1990"


@pytest.mark.parametrize("case", params("measures"))
def test_sql_counts_what_the_rule_counts(case):
    states = {"waiting": "assigned", "active": "doing", "deferred": "deferred", "done": "done", "dropped": "dropped"}
    book = register(CLASSES)
    agency = book.agency("so")
    for duty, row in zip(book.duties(len(case["duties"])), case["duties"], strict=True):
        book.borne(duty, agency)
        book.due(duty, row["last_day"])
        begun = Change(duty=duty, to_state=states[row["state_class"]], effective_on=row.get("done_on") or FIRST_DAY)
        book.enter_all([(begun_at(), begun)])
    asked: dict[str, Any] = {"viewer": book.viewer, "as_of": case["as_of"], "known_at": None}
    only_due = case.get("only_due", False)
    measure = rules.Measure("x", "x", "x", frozenset(case["counts"]), frozenset(case["out_of"]), only_due)
    found = replace(measures.measured(**asked), measures={"x": measure}).ratio("x")
    assert found is not None
    shown = None if found.shown is None else str(found.shown)
    assert {"counted": found.counted, "out_of": found.out_of, "shown": shown} == case["expect"]
    assert len(measures.listed(measure, "counted", **asked)) == found.counted
    assert len(measures.listed(measure, "out_of", **asked)) == found.out_of


def begun_at():
    from office.registers import FIRST_INSTANT

    return FIRST_INSTANT


def test_three_hundred_histories_are_counted_as_the_rule_counts_them(filled: Filled) -> None:  # noqa: F811
    for as_of, known_at in questions(20):
        cells: Counter[tuple[str, bool]] = Counter()
        for one in drawn()[0]:
            row = by_the_rules(one, filled.agencies, as_of=as_of, known_at=known_at)
            if row is not None:
                stands = bucket(
                    state_class=CLASSES[row["state"]][0],
                    last_day=row["due_on"],
                    done_on=row["since"],
                    as_of=as_of,
                    soon_days=due_soon_days(on=as_of),
                )
                cells[stands, has_come(row["due_on"], as_of=as_of)] += 1
        asked: dict[str, Any] = {"viewer": filled.book.viewer, "as_of": as_of, "known_at": known_at}
        found = measures.measured(**asked)
        for measure in rules.shipped():
            assert found.ratio(measure.key) == ratio(measure, cells)
        late = rules.shipped_on(as_of)["late-of-open"]
        assert len(measures.listed(late, "counted", **asked)) == ratio(late, cells).counted
