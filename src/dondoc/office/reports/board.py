"""The board: how a resolution, a list, a document or the whole office stands on a day, put together from figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office import figures
from dondoc.office.access import Viewer
from dondoc.office.charts import Bar
from dondoc.office.figures import FigureValue
from dondoc.office.figures.claims import HeldClaim, hold
from dondoc.office.queries import agencies, claims, documents, duties, programmes
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.programmes import ProgrammeRow
from dondoc.office.queries.tasks import TaskRow

URGENT = 10
COMPLETION = ("done-of-assigned", "done-of-due")  # both completion rates: of what was assigned, of what fell due
CLAIMS = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """What a board is about: the whole office, a resolution, a list, or the tasks from one document."""

    kind: str = "office"
    key: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        """The scope as a figure takes it."""
        return {} if self.kind == "office" else {self.kind: self.key}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a board can be about, with its words."""

    scope: Scope
    label: str
    full: str


@dataclass(frozen=True, slots=True)
class Big:
    """One of the big numbers, and the same number on the day compared with."""

    label: str
    look: str
    figure: FigureValue
    before: FigureValue | None

    @property
    def difference(self) -> int:
        """How much it moved since the day compared with; 0 where either day has no number."""
        if self.before is None or self.before.value is None or self.figure.value is None:
            return 0
        return int(self.figure.value - self.before.value)


@dataclass(frozen=True, slots=True)
class BoardList:
    """A list on the board: its total, its groups in the words of the source, and what none of them counts."""

    key: str
    title: str
    item_noun: str
    total: FigureValue
    groups: tuple[Bar, ...]
    outside: tuple[TaskRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency on the board with its own figures over all its duties."""

    id: int
    name: str
    short_name: str
    done: FigureValue
    active: FigureValue
    late: FigureValue
    rate: FigureValue
    of_assigned: FigureValue
    of_due: FigureValue

    @property
    def url(self) -> str:
        """The list of tasks in which the agency owes something."""
        return f"/tasks/?agency={self.id}"


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board shows."""

    scope: Choice
    choices: tuple[Choice, ...]
    parts: tuple[Choice, ...]
    big: tuple[Big, ...]
    lists: tuple[BoardList, ...]
    urgent: tuple[DutyRow, ...]
    claims: tuple[HeldClaim, ...]
    agencies: tuple[AgencyLine, ...]
    stated_days: tuple[date, ...]


def board(
    wanted: Scope | None, *, viewer: Viewer, as_of: date, known_at: datetime | None, compare: date | None
) -> Board:
    """Put the board together for a viewer on a day; without a wish it is about the first resolution on record."""
    listed = programmes.programmes(viewer=viewer, as_of=as_of, known_at=known_at)
    choices = _choices(viewer=viewer, as_of=as_of, known_at=known_at)
    parts = tuple(Choice(Scope("programme", p.key), p.title, p.title) for p in listed)
    scope = _chosen(wanted, choices, parts)
    shown = [p for p in listed if _under(p, scope.scope)]
    lists = _lists(shown, viewer=viewer, as_of=as_of, known_at=known_at)
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    spoken_of = None if scope.scope.kind == "office" else {row.key for row in shown}
    stated = hold(claims.of_latest_document(spoken_of, **moment), viewer=viewer, known_at=known_at)
    return Board(
        scope=scope,
        choices=choices,
        parts=tuple(part for part in parts if _same_resolution(part, shown, listed, scope.scope)),
        big=_big(scope.scope, viewer=viewer, as_of=as_of, known_at=known_at, compare=compare),
        lists=lists,
        urgent=_urgent(scope.scope, viewer=viewer, as_of=as_of, known_at=known_at),
        claims=tuple(sorted(stated, key=lambda row: (row.verdict == "cannot", row.claim.start))[:CLAIMS]),
        agencies=_agencies(viewer=viewer, as_of=as_of, known_at=known_at) if scope.scope.kind == "office" else (),
        stated_days=tuple(claims.days(**moment)),
    )


def _choices(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> tuple[Choice, ...]:
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    under = documents.resolutions(**moment)
    from_words = [row for row in documents.assigning(**moment) if row not in under]
    return (
        *(Choice(Scope("resolution", str(pk)), title, title) for pk, title in under),
        *(Choice(Scope("document", str(pk)), title, title) for pk, title in from_words),
        Choice(Scope(), _("Whole office"), _("Whole office")),
    )


def _chosen(wanted: Scope | None, choices: tuple[Choice, ...], parts: tuple[Choice, ...]) -> Choice:
    if wanted is None:
        return choices[0]
    known = {choice.scope: choice for choice in (*choices, *parts)}
    not_recorded = _("not recorded on this day")
    return known.get(wanted, Choice(wanted, not_recorded, not_recorded))


def _under(row: ProgrammeRow, scope: Scope) -> bool:
    if scope.kind == "programme":
        return row.key == scope.key
    return scope.kind == "office" or (scope.kind == "resolution" and str(row.resolution_id) == scope.key)


def _same_resolution(part: Choice, shown: list[ProgrammeRow], listed: list[ProgrammeRow], scope: Scope) -> bool:
    if scope.kind in {"office", "document"}:
        return False
    resolutions = {row.resolution_id for row in shown}
    return any(row.key == part.scope.key and row.resolution_id in resolutions for row in listed)


def _requests(scope: Scope) -> list[tuple[str, str, str, Mapping[str, str]]]:
    owed: tuple[str, ...] = ("duties.late", "duties.due_soon")
    if scope.kind == "resolution":
        classed = [("tasks.in_class", c, {**scope.arguments, "state_class": c}) for c in ("done", "active", "deferred")]
        total = ("tasks.followed", "", scope.arguments)
    elif scope.kind == "document":
        classed = [
            ("tasks.assigned_in_class", c, {**scope.arguments, "state_class": c}) for c in ("done", "active", "waiting")
        ]
        total = ("tasks.assigned", "", scope.arguments)
        owed = ()
    elif scope.kind == "programme":
        classed, total = [], ("tasks.total", "", scope.arguments)
    else:
        classed = [("duties.done", "done", {}), ("duties.open", "active", {}), ("duties.no_due", "", {})]
        total = ("duties.owed", "", {})
    words = {"done": _("done"), "active": _("under way"), "deferred": _("deferred"), "waiting": _("waiting")}
    labels = {"duties.no_due": _("without a due day")}
    late = [
        ("duties.late", _("duties late"), "late", scope.arguments),
        ("duties.due_soon", _("duties due soon"), "due_soon", scope.arguments),
    ]
    return [
        (total[0], _("duties") if scope.kind == "office" else _("tasks"), "", total[2]),
        *((key, labels.get(key) or words[look], look, arguments) for key, look, arguments in classed),
        *(row for row in late if row[0] in owed),
    ]


def _big(
    scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None, compare: date | None
) -> tuple[Big, ...]:
    wanted = _requests(scope)
    requests = [(key, arguments) for key, _label, _look, arguments in wanted]
    now = figures.values(requests, viewer=viewer, as_of=as_of, known_at=known_at)
    before: list[FigureValue | None] = [None] * len(now)
    if compare is not None:
        before = list(figures.values(requests, viewer=viewer, as_of=compare, known_at=known_at))
    return tuple(
        Big(label, look, figure, former)
        for (_key, label, look, _arguments), figure, former in zip(wanted, now, before, strict=True)
    )


def _lists(
    rows: list[ProgrammeRow], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> tuple[BoardList, ...]:
    requests = [
        request
        for row in rows
        for request in (
            ("tasks.total", {"programme": row.key}),
            *(("tasks.in_group", {"programme": row.key, "group": g.code}) for g in row.counting.groups),
        )
    ]
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    found = iter(figures.values(requests, **moment))
    lists = []
    for row in rows:
        total = next(found)
        groups = [(group.label, group.state_class, next(found)) for group in row.counting.groups]
        adds_up = total.value == sum(figure.value or 0 for _label, _class, figure in groups)
        lists.append(
            BoardList(
                key=row.key,
                title=row.title,
                item_noun=row.item_noun,
                total=total,
                groups=tuple(group for group in groups if group[2].value),
                outside=() if adds_up else tuple(programmes.outside(row, **moment)),
            )
        )
    return tuple(lists)


def _urgent(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> tuple[DutyRow, ...]:
    if scope.kind == "document":
        return ()
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    about: dict[str, Any] = {**moment, **scope.arguments}
    late, soon = duties.listed("late", **about), duties.listed("due_soon", **about)
    return tuple([*late, *soon][:URGENT])


def _agencies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> tuple[AgencyLine, ...]:
    rows = agencies.agencies(viewer=viewer, as_of=as_of, known_at=known_at)
    keys = ("duties.done", "duties.open", "duties.late", "duties.in_time", "duties.owed")
    asked = [*((key, {}) for key in keys), *(("measures.rate", {"measure": measure}) for measure in COMPLETION)]
    requests = [(key, {**more, "agency": str(row.id)}) for row in rows for key, more in asked]
    found = iter(figures.values(requests, viewer=viewer, as_of=as_of, known_at=known_at))
    lines = []
    for row in rows:
        done, active, late, rate, owed, of_assigned, of_due = (next(found) for _one in asked)
        if owed.value:
            lines.append(AgencyLine(row.id, row.name, row.short_name, done, active, late, rate, of_assigned, of_due))
    return tuple(lines)
