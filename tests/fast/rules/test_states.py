"""Which state holds on a day, and what was known of it at an instant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from operator import attrgetter, le, lt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.histories import days, histories, instants
from cases.reading import params, table
from dondoc.rules.states import (
    ChangeFact,
    DutyState,
    MoveRefused,
    UnknownState,
    check_move,
    fact_as_of,
    facts_as_of,
    facts_known,
    state_as_of,
    task_state,
)


def change(row):
    return ChangeFact(**{"until_on": None, "replaces": None} | row)


@pytest.mark.parametrize("case", params("states"))
def test_the_state_on_a_day_as_known_at_an_instant(case):
    changes = [change(row) for row in case["facts"]]
    assert state_as_of(changes, as_of=case["as_of"], known_at=case["known_at"]) == case["expect"]


@dataclass(frozen=True)
class Wrong:
    """The rule with one thing wrong, as hurried hands would write it."""

    begins = staticmethod(le)
    ends = staticmethod(lt)
    learns = staticmethod(le)
    order: tuple[str, ...] = ("effective_on", "recorded_at", "id")
    corrections: str = "all known"

    def state(self, changes, as_of, known_at):
        recorded = [c for c in changes if known_at is None or self.learns(c.recorded_at, known_at)]
        by = {"all known": recorded, "all": changes, "none": []}[self.corrections]
        replaced = {c.replaces for c in by}
        true = [
            c
            for c in recorded
            if c.id not in replaced
            and self.begins(c.effective_on, as_of)
            and (c.until_on is None or self.ends(as_of, c.until_on))
        ]
        return max(true, key=attrgetter(*self.order)).state if true else None


class LateStart(Wrong):
    begins = staticmethod(lt)


class LateEnd(Wrong):
    ends = staticmethod(le)


class LateLearning(Wrong):
    learns = staticmethod(lt)


class KnowsTheFuture(Wrong):
    learns = staticmethod(lambda *_: True)


class StandingCorrections(Wrong):
    def state(self, changes, as_of, known_at):
        recorded = facts_known(changes, known_at=known_at)
        kept = {c.id for c in recorded}
        undone = {c.replaces for c in recorded}
        back = [c for c in changes if c.id not in kept and c.id not in undone]
        return super().state([replace(c, replaces=None) for c in (*recorded, *back)], as_of, known_at)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(LateStart(), id="a state begins the day after"),
        pytest.param(LateEnd(), id="a period includes its end"),
        pytest.param(LateLearning(), id="known only after the instant"),
        pytest.param(KnowsTheFuture(), id="what was learned later counts"),
        pytest.param(Wrong(order=("recorded_at", "id")), id="the last written wins whatever its day"),
        pytest.param(Wrong(order=("effective_on", "id")), id="the instant does not break ties"),
        pytest.param(Wrong(order=("effective_on", "recorded_at")), id="the number does not break ties"),
        pytest.param(Wrong(order=("effective_on", "recorded_at", "state")), id="the name breaks ties"),
        pytest.param(Wrong(corrections="none"), id="corrections are only more rows"),
        pytest.param(Wrong(corrections="all"), id="corrections count before they are known"),
        pytest.param(StandingCorrections(), id="undoing a correction brings the error back"),
    ],
)
def test_the_table_of_cases_finds_a_wrong_rule(wrong):
    missed = [
        case["name"]
        for case in table("states")
        if wrong.state([change(row) for row in case["facts"]], case["as_of"], case["known_at"]) != case["expect"]
    ]
    assert missed != []


@settings(deadline=None)
@given(histories(), st.randoms(use_true_random=False), days, instants)
def test_the_order_of_rows_says_nothing(history, random, as_of, known_at):
    shuffled = list(history)
    random.shuffle(shuffled)
    assert fact_as_of(shuffled, as_of=as_of, known_at=known_at) == fact_as_of(history, as_of=as_of, known_at=known_at)


@settings(deadline=None)
@given(histories(), days, instants)
def test_learning_more_never_changes_what_was_known(history, as_of, known_at):
    known_then = [fact for fact in history if fact.recorded_at <= known_at]
    asked_then = facts_as_of(known_then, as_of=as_of, known_at=None)
    assert facts_as_of(history, as_of=as_of, known_at=known_at) == asked_then


@settings(deadline=None)
@given(histories(), days)
def test_a_withdrawal_of_everything_leaves_nothing(history, as_of):
    latest = max((fact.recorded_at for fact in history), default=None)
    replaced = {fact.replaces for fact in history}
    withdrawals = [
        replace(
            fact,
            id=100 + fact.id,
            until_on=fact.effective_on,
            recorded_at=latest + timedelta(hours=1),
            replaces=fact.id,
        )
        for fact in history
        if fact.id not in replaced
    ]
    assert fact_as_of([*history, *withdrawals], as_of=as_of, known_at=None) is None
    assert fact_as_of([*history, *withdrawals], as_of=as_of, known_at=latest) == fact_as_of(
        history, as_of=as_of, known_at=None
    )


def test_many_valued_facts_come_strongest_first():
    rows = table("states")[5]["facts"]
    facts = [change(row) for row in rows]
    ids = [fact.id for fact in facts_as_of(facts, as_of=facts[0].effective_on, known_at=None)]
    assert ids == [1, 2]


@pytest.mark.parametrize("case", params("task_states"))
def test_a_task_stands_where_its_least_advanced_lead_stands(case):
    duties = [DutyState(**row) for row in case["duties"]]
    assert task_state(duties, case["rank"]) == case["expect"]
    assert task_state(reversed(duties), case["rank"]) == case["expect"]


def test_a_state_without_a_rank_is_named():
    with pytest.raises(UnknownState, match="Quy trình không có trạng thái “lost”"):
        task_state([DutyState(1, "lost")], {"doing": 1})


MOVES = frozenset({(None, "assigned"), ("assigned", "doing"), ("doing", "done"), ("doing", "paused")})
LABELS = {"assigned": "đã giao", "doing": "đang thực hiện", "done": "đã hoàn thành", "paused": "tạm dừng"}


@pytest.mark.parametrize("move", sorted(MOVES, key=str))
def test_a_listed_move_passes(move):
    check_move(MOVES, *move, labels=LABELS)


def test_a_refused_move_says_what_why_and_what_next():
    with pytest.raises(MoveRefused) as caught:
        check_move(MOVES, "doing", "assigned", labels=LABELS)
    assert caught.value.what == "Không chuyển được từ “đang thực hiện” sang “đã giao”."
    assert caught.value.why == "Quy trình đang áp dụng không có bước chuyển này."
    assert caught.value.what_next == "Từ “đang thực hiện” có thể chuyển sang: “tạm dừng”, “đã hoàn thành”."


def test_from_a_last_state_only_a_correction_leads_back():
    with pytest.raises(MoveRefused) as caught:
        check_move(MOVES, "done", "doing", labels=LABELS)
    assert caught.value.what_next == ("“đã hoàn thành” là trạng thái cuối; nếu ghi nhầm, hãy đính chính bản ghi trước.")


def test_a_duty_begins_only_with_a_first_state():
    with pytest.raises(MoveRefused, match="Không chuyển được từ “chưa giao” sang “done”"):
        check_move(MOVES, None, "done")
