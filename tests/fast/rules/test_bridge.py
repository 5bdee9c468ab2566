"""The lines between two counts add up, whatever the four pictures are; each line says why."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.bridge import Line, Lineage, Place, bridge, counts

GROUPS = ("waiting", "active", "done")
places = st.builds(Place, st.sampled_from(GROUPS), st.integers(1, 2))
pictures = st.dictionaries(st.integers(1, 12), places, max_size=10)
items = st.frozensets(st.integers(1, 12))
lineages = st.builds(Lineage, items, items)


@given(pictures, pictures, pictures, pictures, lineages)
def test_the_lines_lead_from_the_first_number_to_the_second(a, b, c, d, lineage) -> None:
    lines = bridge(a, b, c, d, lineage)
    before, after = counts(a, GROUPS), counts(d, GROUPS)
    assert {g: before[g] + sum(line.changes(g) for line in lines) for g in GROUPS} == after
    assert len(a) + sum(line.changes_all for line in lines) == len(d)


@given(pictures, lineages)
def test_between_a_day_and_itself_lies_nothing(a, lineage) -> None:
    assert bridge(a, a, a, a, lineage) == ()


def test_each_line_says_why() -> None:
    first = {1: Place("waiting", 7), 2: Place("active", 7), 3: Place("active", 7), 4: Place("done", 7)}
    known_later = first | {2: Place("done", 7), 9: Place("active", 7)}
    later_by_first = known_later | {
        1: Place("done", 7),
        4: Place("done", 8),
        5: Place("waiting", 7),
        6: Place("active"),
    }
    del later_by_first[3]
    later = later_by_first | {9: Place("done", 7)}
    assert bridge(first, known_later, later_by_first, later, Lineage(split=frozenset({3, 6}))) == (
        Line("recorded_later", None, "active", (9,)),
        Line("recorded_later", "active", "done", (2,)),
        Line("moved", "waiting", "done", (1,)),
        Line("began", None, "waiting", (5,)),
        Line("split", None, "active", (6,)),
        Line("split", "active", None, (3,)),
        Line("handed_over", "done", "done", (4,)),
        Line("redefined", "active", "done", (9,)),
    )
