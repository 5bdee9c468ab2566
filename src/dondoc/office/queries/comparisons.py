"""Two days compared: how the counts of a list, a resolution, an agency or the whole office came from one to the other.

The rule is `rules.bridge`; here are the four pictures that it is given, and the words and tasks of its lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import DutyBearer, StateClass, TaskLineage
from dondoc.office.models.facts import known
from dondoc.office.queries import programmes, standing
from dondoc.office.queries.definitions import Counting
from dondoc.office.queries.programmes import NotRecorded, ProgrammeRow
from dondoc.rules.bridge import Cause, Line, Lineage, Picture, Place, bridge, counts
from dondoc.rules.text import vi_date

OUTSIDE = "outside"  # where a task stands whose state the definition of its list does not know


class DaysRefused(Refused):
    """The two days cannot be compared."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the instant up to which knowledge counts (None: all)."""

    as_of: date
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: a list, a resolution or an agency by its key, or without any of them the whole office.

    Of an agency its duties are compared, of everything else the tasks.
    """

    programme: str | None = None
    resolution: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A group in which items are counted: its label at the later day, and at the first where that was another."""

    code: str
    label: str
    former_label: str
    state_class: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A task, or a duty of the agency that is compared, of which a line speaks."""

    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """A line of the bridge: why, from where to where in words, what it does to each column and in all, which tasks."""

    cause: Cause
    from_label: str
    to_label: str
    changes: tuple[int, ...]
    changes_all: int
    tasks: tuple[Moved, ...]
    from_group: str = ""
    to_group: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two counts of the same with all that lies between: `before` + every line = `after`, column by column."""

    first: Moment
    second: Moment
    columns: tuple[Column, ...]
    before: tuple[int, ...]
    before_all: int
    lines: tuple[BridgeLine, ...]
    after: tuple[int, ...]
    after_all: int
    first_definition: str
    second_definition: str


_Groups = Mapping[str, str]  # a state's code: its group's


@dataclass(frozen=True, slots=True)
class _Counted:
    """By what is counted at a moment: the labels of the groups in their order, and the group of each state."""

    labels: Mapping[str, str]
    group_of: _Groups
    name: str
    classes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a viewer's office at several moments, those of each read once."""

    viewer: Viewer
    read: dict[Moment, list[ProgrammeRow]] = field(default_factory=dict)

    def at(self, moment: Moment) -> list[ProgrammeRow]:
        """Give the lists on record at a moment, in their order."""
        if moment not in self.read:
            self.read[moment] = programmes.programmes(viewer=self.viewer, as_of=moment.as_of, known_at=moment.known_at)
        return self.read[moment]

    def single(self, key: str, moment: Moment) -> ProgrammeRow:
        """Give one list by its key; refused where it was not on record."""
        found = next((row for row in self.at(moment) if row.key == key), None)
        if found is None:
            raise NotRecorded(_("This list was not on record on this day."))
        return found


def compare(what: Compared, first: Moment, second: Moment, *, viewer: Viewer, lists: Lists | None = None) -> Comparison:
    """Say how the counts of the second moment came from those of the first, in lines that add up.

    `lists` are those that a page has read already.
    """
    lists = lists or Lists(viewer)
    if first.as_of > second.as_of:
        raise DaysRefused(
            _("The first day, %(first)s, comes after the second, %(second)s. Exchange the two.")
            % {"first": vi_date(first.as_of), "second": vi_date(second.as_of)}
        )
    between = Moment(first.as_of, second.known_at)
    by_first, by_second = (_counted(what, at, lists) for at in (first, second))
    states = {at: _states(what, at, viewer=viewer) for at in dict.fromkeys((first, between, second))}
    # A state that the first definition did not have yet counts as it does now.
    as_first = {**by_second.group_of, **by_first.group_of}
    pictures = (
        _picture(states[first], by_first.group_of),
        _picture(states[between], as_first),
        _picture(states[second], as_first),
        _picture(states[second], by_second.group_of),
    )
    lines = bridge(*pictures, _lineage(what, first, second, viewer=viewer))
    labels = {**by_first.labels, **by_second.labels}
    codes = [*by_second.labels, *(code for code in labels if code not in by_second.labels)]
    classes = {**by_first.classes, **by_second.classes}
    columns = tuple(
        Column(code, labels[code], by_first.labels.get(code, labels[code]), classes.get(code, code)) for code in codes
    )
    before, after = (counts(picture, codes) for picture in (pictures[0], pictures[-1]))
    moved = _moved(what, lines)
    return Comparison(
        first=first,
        second=second,
        columns=columns,
        before=tuple(before[code] for code in codes),
        before_all=len(pictures[0]),
        lines=tuple(_line(line, columns, moved) for line in lines),
        after=tuple(after[code] for code in codes),
        after_all=len(pictures[-1]),
        first_definition=by_first.name,
        second_definition=by_second.name,
    )


def _counted(what: Compared, at: Moment, lists: Lists) -> _Counted:
    if what.programme is None:
        return _Counted({c.value: str(c.label) for c in StateClass}, {}, "", {})
    return _by(lists.single(what.programme, at).counting)


def _by(counting: Counting) -> _Counted:
    groups = {group.code: group.label for group in counting.groups}
    return _Counted(
        groups,
        {state: group.code for state, group in counting.group_of.items()},
        counting.name,
        {group.code: group.state_class for group in counting.groups},
    )


def _states(what: Compared, at: Moment, *, viewer: Viewer) -> list[tuple[int, str, str, int]]:
    """Give each task of the scope with its state, the class of the state, its first lead; of an agency its duties."""
    if what.agency is not None:
        return standing.ask(
            "select id, state, state_class, bearer_id from duty where visible and bearer_id = %(agency)s::bigint",
            viewer=viewer,
            as_of=at.as_of,
            known_at=at.known_at,
            agency=what.agency,
        )
    return standing.ask(
        f"""
        select task.task_id, task.state, task.state_class, lead.bearer_id
        from task join lead on lead.task_id = task.task_id where {standing.in_scope("task")}
        """,  # noqa: S608 -- the piece that is put in is a constant of `standing`; values go in as parameters
        viewer=viewer,
        as_of=at.as_of,
        known_at=at.known_at,
        programme=what.programme,
        resolution=what.resolution,
    )


def _picture(states: list[tuple[int, str, str, int]], group_of: _Groups) -> Picture:
    # Many stand in the same place: it is made once.
    places: dict[tuple[str, str, int], Place] = {}
    picture: dict[int, Place] = {}
    for item, state, state_class, bearer in states:
        stands = (state, state_class, bearer)
        if stands not in places:
            # A list counts what goes by other steps in no group, as its board does.
            places[stands] = Place(group_of.get(state, OUTSIDE if group_of else state_class), bearer)
        picture[item] = places[stands]
    return picture


def _lineage(what: Compared, first: Moment, second: Moment, *, viewer: Viewer) -> Lineage:
    if what.agency is not None:
        passed = known(
            DutyBearer.objects.filter(
                duty__task__office_id=viewer.office_id,
                effective_on__gt=first.as_of,
                effective_on__lte=second.as_of,
                duty__assigned_on__lt=F("effective_on"),
            ),
            known_at=second.known_at,
        )
        return Lineage(handed=frozenset(passed.values_list("duty_id", flat=True)))
    rows = known(
        TaskLineage.objects.filter(
            origin__office_id=viewer.office_id, effective_on__gt=first.as_of, effective_on__lte=second.as_of
        ),
        known_at=second.known_at,
    ).values_list("kind", "origin_id", "result_id")
    found: dict[str, set[int]] = {"split": set(), "merged": set()}
    for kind, origin, result in rows:
        found[kind] |= {origin, result}
    return Lineage(frozenset(found["split"]), frozenset(found["merged"]))


def _moved(what: Compared, lines: tuple[Line, ...]) -> dict[int, Moved]:
    wanted = sorted({item for line in lines for item in line.items})
    of_duties = "select d.id, t.title from office_duty d join office_task t on t.id = d.task_id"
    sql, way = (
        (of_duties, "duties") if what.agency is not None else ("select d.id, d.title from office_task d", "tasks")
    )
    with connection.cursor() as cursor:
        # As one array: there may be a hundred thousand of them.
        cursor.execute(f"{sql} where d.id = any(%s::bigint[])", [wanted])
        return {pk: Moved(pk, title, f"/{way}/{pk}/") for pk, title in cursor.fetchall()}


def _line(line: Line, columns: tuple[Column, ...], moved: Mapping[int, Moved]) -> BridgeLine:
    outside = {OUTSIDE: _("by other steps than the list")}
    labels = outside | {column.code: column.label for column in columns}
    before = outside | {column.code: column.former_label for column in columns}
    return BridgeLine(
        cause=line.cause,
        from_label=before.get(line.from_group or "", ""),
        to_label=(labels if line.cause == "redefined" else before).get(line.to_group or "", ""),
        changes=tuple(line.changes(column.code) for column in columns),
        changes_all=line.changes_all,
        tasks=tuple(moved[item] for item in line.items),
        from_group=line.from_group or "",
        to_group=line.to_group or "",
    )
