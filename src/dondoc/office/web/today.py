"""The first page of the day: what waits for me, what is late, what comes due, what changed since I last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.access import Refused, require_bearer
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.today import look
from dondoc.office.figures import FigureValue
from dondoc.office.figures.registry import Request
from dondoc.office.figures.today import groups as waiting_groups
from dondoc.office.here import Here
from dondoc.office.queries import agencies, definitions, duties, extensions, readings, today, urges
from dondoc.office.queries.duties import OPEN
from dondoc.office.queries.extensions import ExtensionRow
from dondoc.office.web.frame import counted_only, page

MOST = 8  # rows of a section; its number opens to all of them
FIRST_DAYS = 7  # whoever never looked before is told what happened in these days


class NothingToAcknowledge(Refused):
    """The duty is not a new one any more."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its title, its number, and the first of its rows; `kind` says how they are drawn."""

    key: str
    title: str
    kind: str
    rows: list[Any]
    figure: FigureValue | None = None
    nothing: str = ""
    url: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.rows


@dataclass(frozen=True, slots=True)
class Line:
    """A duty in a section: the row, by when it is to be acknowledged, and whether that is mine to do here."""

    row: duties.DutyRow
    by: Any = None
    may_acknowledge: bool = False


@dataclass(frozen=True, slots=True)
class Undecided:
    """A document with open proposals, and how many they are."""

    title: str
    url: str
    figure: FigureValue


@dataclass(frozen=True, slots=True)
class Owed:
    """The reports that an agency is waited for in one period, and how many they are."""

    awaited: today.Awaited
    figure: FigureValue


@dataclass(frozen=True, slots=True)
class LateAgency:
    """An agency with late work, and how much of it."""

    id: int
    name: str
    url: str
    figure: FigureValue


@require_GET
@page
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the day of whoever looks; the visit is kept, so that the next one can say what changed."""
    now = timezone.now()
    before = today.last_look(viewer=here.viewer) if here.is_past else look(viewer=here.viewer, now=now)
    since = before or now - timedelta(days=FIRST_DAYS)
    sections = _sections(here)
    context = {
        "waits": [section for section in sections if not section.is_empty],
        "done": [section for section in sections if section.is_empty and section.nothing],
        "news": today.news(since=since, **here.moment),
        "since": since,
        "is_first": before is None,
        "only": counted_only(here),
        "may_say": here.may("focal") and not here.is_past,
        "log": today.log_state(viewer=here.viewer) if here.may("inspection", "administrator") else None,
    }
    return render(request, "today/page.html", context)


def _sections(here: Here) -> list[Section]:
    found = today.groups(**here.moment, most=MOST)
    waits = ["unacknowledged", "given_back", "reported", "sent_back"]
    asked = [
        *(("duties.waiting", {"which": which}) for which in waits),
        *((key, {}) for key in ("duties.late", "duties.due_soon", "duties.late_first", "extensions.undecided")),
    ]
    undecided = extensions.undecided(**here.moment)
    values = figures.values(asked, **here.moment, given={waiting_groups: found, extensions.undecided: undecided})
    numbers = dict(zip([*waits, "late", "due_soon", "late_first", "extensions"], values, strict=True))
    if here.may("focal"):
        return [*_focal(here, found, numbers), *_dues(here, found, numbers)]
    if here.may("officer", "administrator"):
        return [*_officer(here, found, numbers, undecided), *_dues(here, found, numbers), _late_agencies(here)]
    if here.may("leader"):
        return [_extensions(numbers, undecided), _late_agencies(here), *_dues(here, found, numbers)]
    return [_entered_late(here), _late_agencies(here), *_dues(here, found, numbers)]


def _duties(
    here: Here, found: dict[str, today.Group], key: str, *, title: str, number: FigureValue, nothing: str = ""
) -> Section:
    group = found[key]
    by: dict[int, Any] = {}
    if key == "unacknowledged":
        by = today.to_acknowledge_by(group, office_id=here.office.pk, as_of=here.as_of, known_at=here.known_at)
    lines = [
        Line(
            row,
            by.get(row.id),
            may_acknowledge=key == "unacknowledged" and not here.is_past and row.agency_id in here.viewer.agency_ids,
        )
        for row in group.rows
    ]
    return Section(key, title, "duty", lines, number, nothing)


def _focal(here: Here, found: dict[str, today.Group], numbers: dict[str, FigureValue]) -> list[Section]:
    return [
        _duties(
            here,
            found,
            "unacknowledged",
            title=_("To be acknowledged"),
            number=numbers["unacknowledged"],
            nothing=_("Nothing waits to be acknowledged."),
        ),
        _duties(here, found, "given_back", title=_("Reports given back"), number=numbers["given_back"]),
        _reports(here),
        _urges(here),
    ]


def _officer(
    here: Here, found: dict[str, today.Group], numbers: dict[str, FigureValue], undecided: list[ExtensionRow]
) -> list[Section]:
    return [
        _duties(
            here,
            found,
            "reported",
            title=_("Reported, to be accepted"),
            number=numbers["reported"],
            nothing=_("No report waits to be accepted."),
        ),
        _extensions(numbers, undecided),
        _duties(here, found, "sent_back", title=_("Sent back by agencies"), number=numbers["sent_back"]),
        _documents(here),
    ]


def _dues(here: Here, found: dict[str, today.Group], numbers: dict[str, FigureValue]) -> list[Section]:
    late = _duties(
        here, found, "late", title=_("Late"), number=numbers["late"], nothing=_("Nothing is late on this day.")
    )
    soon = _duties(
        here,
        found,
        "due_soon",
        title=_("Due soon"),
        number=numbers["due_soon"],
        nothing=_("Nothing falls due in the next days."),
    )
    behind = Section("late_first", _("Behind the first due day"), "number", [numbers["late_first"]])
    return [late, soon, *([behind] if numbers["late_first"].value else [])]


def _extensions(numbers: dict[str, FigureValue], rows: list[ExtensionRow]) -> Section:
    return Section(
        "extensions",
        _("Requests for a later due day"),
        "extension",
        rows[:MOST],
        numbers["extensions"],
        _("No request for a later due day waits."),
        "/extensions/",
    )


def _documents(here: Here) -> Section:
    rows = readings.to_decide(**here.moment, size=MOST)
    read = {readings.tally: readings.tally(**here.moment).read([row.document_id for row in rows])}
    each = [("proposals.by_verdict", {"document": str(row.document_id), "verdict": "open"}) for row in rows]
    whole: list[Request] = [("proposals.by_verdict", {"verdict": "open"})]
    number, *numbers = figures.values([*whole, *each], **here.moment, given=read) if rows else [None]
    lines = [Undecided(row.title, row.url, figure) for row, figure in zip(rows, numbers, strict=True) if figure]
    return Section("documents", _("Proposals to decide"), "document", lines, number, _("No document waits to be read."))


def _reports(here: Here) -> Section:
    rows = today.reports_due(**here.moment, size=MOST)
    asked = [("progress.missing", {"period": str(owed.period_id)}) for owed in rows]
    numbers = figures.values(asked, **here.moment) if rows else []
    lines = [Owed(owed, number) for owed, number in zip(rows, numbers, strict=True)]
    return Section("progress", _("Progress to be reported"), "report", lines, url="/progress/")


def _urges(here: Here) -> Section:
    number = figures.value("urges.unanswered", **here.moment, arguments={})
    rows = [row for row in urges.urges(**here.moment) if row.is_unanswered] if number.value else []
    return Section("urges", _("Urges that expect an answer"), "urge", rows[:MOST], number, url="/urges/")


def _late_agencies(here: Here) -> Section:
    found = duties.tallies(**here.moment)
    late = sorted(
        ((key, counts.late) for key, counts in found.by_agency.items() if counts.late), key=lambda pair: -pair[1]
    )[:MOST]
    called = agencies.names([int(key) for key, _n in late], as_of=here.as_of, known_at=here.known_at)
    values = figures.values([("duties.late", {"agency": key}) for key, _n in late], **here.moment)
    rows = [
        LateAgency(int(key), called[int(key)][0], f"/tasks/?agency={key}&bucket=late", value)
        for (key, _n), value in zip(late, values, strict=True)
    ]
    return Section("agencies", _("Who is late"), "agency", rows, nothing=_("No agency is late on this day."))


def _entered_late(here: Here) -> Section:
    rows = today.entered_late(**here.moment, size=MOST)
    number = figures.value("duties.entered_late", **here.moment, arguments={}) if rows else None
    return Section(
        "entered_late",
        _("Entered late, or corrected"),
        "late_entry",
        rows,
        number,
        nothing=_("Nothing was entered late or corrected."),
        url="/history/",
    )


@require_POST
@page
def acknowledge(request: HttpRequest, here: Here, duty_id: int) -> HttpResponse:
    """Acknowledge a new duty in one press, from the list of the day."""
    duty = duties.duty(duty_id, **here.moment)
    require_bearer(here.actor, duty.agency_id)
    flow = definitions.workflow(duty.workflow_id, as_of=here.today)
    onward = [
        state
        for state in flow.next_states(duty.state, assigns=False)
        if state.state_class in OPEN and not state.rule.needs_reason and flow.ranks[state.code] > flow.ranks[duty.state]
    ]
    first = min(flow.ranks, key=lambda code: (flow.ranks[code], code))
    if duty.state != first or not onward:
        raise NothingToAcknowledge(
            _("This duty is no new one any more: it is “%(state)s”.") % {"state": duty.state_label}
        )
    move = Move(duty_id, onward[0].code, here.today, seen_state=duty.state)
    move_duty(move, actor=here.actor)
    messages.success(request, _("Acknowledged: %(title)s") % {"title": duty.title})
    return redirect("my_day")
