"""Random histories of changes as an office can have written them, for rules and their twins in SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from dondoc.rules.states import ChangeFact

FIRST_DAY = date(2023, 1, 1)
FIRST_INSTANT = datetime(2023, 1, 1, 8, tzinfo=UTC)
STATES = ("assigned", "doing", "reported", "done", "deferred")

days = st.integers(0, 20).map(lambda n: FIRST_DAY + timedelta(days=n))
instants = st.integers(0, 20).map(lambda n: FIRST_INSTANT + timedelta(hours=12 * n))


@st.composite
def histories(draw: st.DrawFn) -> tuple[ChangeFact, ...]:
    """Draw a history: numbers and instants run forward, a row is replaced at most once, by a later one."""
    facts: list[ChangeFact] = []
    open_to_correction: list[int] = []
    recorded_at = FIRST_INSTANT
    for id_ in range(1, draw(st.integers(0, 8)) + 1):
        recorded_at += timedelta(hours=12 * draw(st.integers(0, 4)))
        effective_on = draw(days)
        lasts = draw(st.none() | st.integers(0, 10))
        replaces = draw(st.sampled_from([None, *open_to_correction]))
        if replaces is not None:
            open_to_correction.remove(replaces)
        open_to_correction.append(id_)
        facts.append(
            ChangeFact(
                id=id_,
                state=draw(st.sampled_from(STATES)),
                effective_on=effective_on,
                until_on=None if lasts is None else effective_on + timedelta(days=lasts),
                recorded_at=recorded_at,
                replaces=replaces,
            )
        )
    return tuple(facts)
