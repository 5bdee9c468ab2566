"""Figures of the pictures that run over days: tasks by class, duties fallen due; and many days of them at once.

A number of a day among many is the figure itself with that day: only what it counts was read for all days together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import CLASSES, Argument
from dondoc.office.figures.pictures import STANDING, Standing, place_of
from dondoc.office.figures.registry import Counted, Figure, FigureValue, Request, figure, register, values
from dondoc.office.figures.tasks import Titled, not_recorded
from dondoc.office.models import StateClass
from dondoc.office.queries import documents, pictures, programmes, tasks, timelines
from dondoc.office.queries.definitions import Group
from dondoc.office.queries.duties import DutyCounts, DutyRow, DutyTallies
from dondoc.office.queries.pictures import Counts, Piece
from dondoc.office.queries.programmes import ProgrammeRow
from dondoc.office.queries.tasks import TaskRow, Wanted
from dondoc.office.queries.timelines import DayCounts, Within
from dondoc.rules.text import vi_date

TOTAL = "total"  # the key of the whole among the figures of a day
Given = Mapping[Callable[..., Any], Any]


@dataclass(frozen=True, slots=True)
class Moment:
    """The numbers of one day of a picture, by what they count."""

    day: date
    figures: Mapping[str, FigureValue]


@dataclass(frozen=True, slots=True)
class Grouped:
    """How the tasks of a list fell into its own groups over days: the groups ever used, and the latest definition."""

    moments: Sequence[Moment]
    groups: Sequence[Group]
    counted_by: str


def _scope(
    found: Counts, programme: str | None, resolution: str | None = None, document: str | None = None
) -> Mapping[str, int] | None:
    if programme is not None:
        return found.by_programme.get(programme)
    if document is not None:
        return found.by_document.get(document)
    return found.whole if resolution is None else found.by_resolution.get(resolution)


def _not_recorded() -> Counted:
    return Counted(None, _("not recorded"), _("On this day the list was not on record."))


def _classed(found: Counts, *, as_of: date, programme: str | None = None, state_class: str | None = None) -> Counted:
    counts = _scope(found, programme)
    if counts is None:
        return _not_recorded()
    total = sum(counts.values())
    if state_class is None:
        sentence = ngettext(
            "On %(day)s, %(n)d task was being followed.", "On %(day)s, %(n)d tasks were being followed.", total
        )
        return Counted(total, _("tasks"), sentence % {"day": vi_date(as_of), "n": total})
    n, label = counts.get(state_class, 0), str(StateClass(state_class).label)
    sentence = ngettext(
        "On %(day)s, %(n)d of %(total)d tasks was: %(label)s.",
        "On %(day)s, %(n)d of %(total)d tasks were: %(label)s.",
        n,
    )
    return Counted(n, label, sentence % {"day": vi_date(as_of), "n": n, "total": total, "label": label})


def _class_rows(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    programme: str | None = None,
    state_class: str | None = None,
) -> list[TaskRow]:
    wanted = Wanted(programme=programme, state_class=state_class)
    return tasks.tasks(wanted, viewer=viewer, as_of=as_of, known_at=known_at)


def _every_class(found: Counts) -> list[Mapping[str, str]]:
    scopes: list[Mapping[str, str]] = [{}, *({"programme": key} for key in found.by_programme)]
    return [given for scope in scopes for given in (scope, *({**scope, "state_class": c} for c in StateClass.values))]


def _fallen_source(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, only: Sequence[Mapping[str, str]] = ()
) -> Counts:
    """Count what had fallen due; from documents only where some are asked for, each known to the viewer."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    asked = {int(each["document"]) for each in only if "document" in each}
    of_lists = not asked or any("document" not in each for each in only)
    found = pictures.fallen_due(**moment) if of_lists else Counts({}, {}, {})
    if not asked:
        return found
    recorded = asked & dict(documents.assigning(**moment)).keys()
    counts = pictures.fallen_due_from(recorded, **moment)
    return replace(found, by_document={str(pk): {"n": counts.get(pk, 0)} for pk in recorded})


def _fallen_due(
    found: Counts,
    *,
    as_of: date,
    programme: str | None = None,
    resolution: str | None = None,
    document: str | None = None,
) -> Counted:
    counts = _scope(found, programme, resolution, document)
    if counts is None:
        return not_recorded(document, as_of) if document is not None else _not_recorded()
    n = counts.get("n", 0)
    sentence = ngettext(
        "By %(day)s, %(n)d duty had fallen due, done or not.",
        "By %(day)s, %(n)d duties had fallen due, done or not.",
        n,
    )
    return Counted(n, ngettext("duty fallen due", "duties fallen due", n), sentence % {"day": vi_date(as_of), "n": n})


def _fallen_rows(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    programme: str | None = None,
    resolution: str | None = None,
    document: str | None = None,
) -> list[DutyRow]:
    return pictures.fallen_due_rows(
        viewer=viewer, as_of=as_of, known_at=known_at, programme=programme, resolution=resolution, document=document
    )


TASKS = register(
    Figure(
        key="tasks.by_class",
        says=gettext_noop(
            "The different tasks of the office or on a list on a day: all, or those whose least advanced lead stands "
            "in a state of a class."
        ),
        takes=("programme", "state_class"),
        among={"state_class": CLASSES},
        source=pictures.tasks_by_class,
        count=_classed,
        rows=_class_rows,
        every=_every_class,
    )
)
FALLEN_DUE = register(
    Figure(
        key="duties.fallen_due",
        says=gettext_noop(
            "The duties whose due day had come by a day, done or not; without those that are deferred or dropped."
        ),
        takes=("programme", "resolution", "document"),
        at_most=1,
        types={"document": Argument("record", gettext_noop("the document it comes from"))},
        source=_fallen_source,
        narrows=True,
        count=_fallen_due,
        rows=_fallen_rows,
        every=lambda found: [
            {},
            *({"programme": key} for key in found.by_programme),
            *({"resolution": key} for key in found.by_resolution),
        ],
    )
)


def _days(
    found: Sequence[DayCounts],
    requests: Mapping[str, Request],
    given: Callable[[Mapping[str, int]], Given],
    *,
    viewer: Viewer,
    known_at: datetime | None,
) -> list[Moment]:
    """Give the figures of each day, out of what was counted for all days at once."""
    moments = []
    for each in found:
        counted = values(requests.values(), viewer=viewer, as_of=each.day, known_at=known_at, given=given(each.counts))
        moments.append(Moment(each.day, dict(zip(requests, counted, strict=True))))
    return moments


def states(within: Within, *, viewer: Viewer, as_of: date, known_at: datetime | None, most: int) -> list[Moment]:
    """Give the tasks by class of state, and all of them, on at most about `most` days up to a day."""
    counts = timelines.tasks_by_class(within, viewer=viewer, as_of=as_of, known_at=known_at)
    found = timelines.thinned(counts, most=most, until=as_of)
    scope = scope_of(within)
    each, whole = _task_keys(within)
    requests: dict[str, Request] = {c: (each, {**scope, "state_class": c}) for c in StateClass.values}
    requests[TOTAL] = (whole, scope)
    if "resolution" in scope:
        titles = dict(documents.resolutions(viewer=viewer, as_of=as_of, known_at=known_at))
    elif "document" in scope:
        titles = dict(documents.assigning(viewer=viewer, as_of=as_of, known_at=known_at))
        found = found if int(scope["document"]) in titles else []
    else:
        titles = {}
    key = next(iter(scope.values()), "")
    title = titles.get(int(key), "") if titles else ""

    def given(by_class: Mapping[str, int]) -> Given:
        if each == TASKS.key:
            return {TASKS.source: Counts(by_class, {key: by_class}, {})}
        return {figure(each).source: {key: Titled(title, by_class)}}

    return _days(found, requests, given, viewer=viewer, known_at=known_at)


def grouped(row: ProgrammeRow, *, viewer: Viewer, as_of: date, known_at: datetime | None, most: int) -> Grouped:
    """Give the tasks of a list by its own groups on at most about `most` days, each day by the definition of that day.

    `row` is the list as of the last day.
    """
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    programme = row.key
    versions = programmes.countings(row, as_of=as_of, known_at=known_at)
    counts = timelines.tasks_by_state(Within(programme=programme), **moment)
    found = timelines.thinned(timelines.turned(counts, (day for day, _one in versions)), most=most, until=as_of)
    groups = {group.code: group for _day, one in versions if one for group in one.groups}
    scope = {"programme": programme}
    requests: dict[str, Request] = {code: ("tasks.in_group", {**scope, "group": code}) for code in groups}
    requests[TOTAL] = ("tasks.total", scope)
    moments = []
    for each in found:
        tally = programmes.tallied(row, versions, each.counts, on=each.day)
        given: Given = {figure("tasks.total").source: {programme: tally} if tally else {}}
        counted = values(requests.values(), viewer=viewer, as_of=each.day, known_at=known_at, given=given)
        moments.append(Moment(each.day, dict(zip(requests, counted, strict=True))))
    return Grouped(moments, tuple(groups.values()), row.counting.name)


def _task_keys(within: Within) -> tuple[str, str]:
    if within.resolution is not None:
        return "tasks.in_class", "tasks.followed"
    return ("tasks.assigned_in_class", "tasks.assigned") if within.document is not None else (TASKS.key, TASKS.key)


def course(within: Within, *, viewer: Viewer, as_of: date, known_at: datetime | None, most: int) -> list[Moment]:
    """Give the duties owed, done and fallen due on at most about `most` days up to a day."""
    counts = timelines.duties_course(within, viewer=viewer, as_of=as_of, known_at=known_at)
    found = timelines.thinned(counts, most=most, until=as_of)
    scope = scope_of(within)
    if "document" in scope:
        return _course_from(scope, found, viewer=viewer, as_of=as_of, known_at=known_at)
    keys = {"owed": "duties.owed", "fallen_due": FALLEN_DUE.key, "done": "duties.done"}
    requests: dict[str, Request] = {name: (key, scope) for name, key in keys.items()}
    key = next(iter(scope.values()), "")

    def given(by_name: Mapping[str, int]) -> Given:
        duties = DutyCounts(owed=by_name.get("owed", 0), done=by_name.get("done", 0))
        fallen = {"n": by_name.get("fallen_due", 0)}
        return {
            figure("duties.owed").source: DutyTallies(duties, {key: duties}, {key: duties}, {}),
            FALLEN_DUE.source: Counts(fallen, {key: fallen}, {key: fallen}),
        }

    return _days(found, requests, given, viewer=viewer, known_at=known_at)


def _course_from(
    scope: Mapping[str, str],
    found: Sequence[DayCounts],
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
) -> list[Moment]:
    """Give the same of the tasks from a document, by the figure that its other pictures are made of."""
    titles = dict(documents.assigning(viewer=viewer, as_of=as_of, known_at=known_at))
    if int(scope["document"]) not in titles:
        return []
    requests: dict[str, Request] = {
        "owed": (STANDING.key, scope),
        "fallen_due": (FALLEN_DUE.key, scope),
        "done": (STANDING.key, {**scope, "standing": "done"}),
    }

    def given(by_name: Mapping[str, int]) -> Given:
        owed, done = by_name.get("owed", 0), by_name.get("done", 0)
        pieces = [Piece(0, 0, 0, state_class, 0, n) for state_class, n in (("done", done), ("", owed - done))]
        fallen = Counts({}, {}, {}, {scope["document"]: {"n": by_name.get("fallen_due", 0)}})
        return {STANDING.source: Standing({place_of(scope): pieces}, documents=titles), FALLEN_DUE.source: fallen}

    return _days(found, requests, given, viewer=viewer, known_at=known_at)


def scope_of(within: Within) -> dict[str, str]:
    """Give what a picture is about as a figure takes it."""
    found = {"programme": within.programme, "resolution": within.resolution, "document": within.document}
    return {name: key for name, key in found.items() if key is not None}
