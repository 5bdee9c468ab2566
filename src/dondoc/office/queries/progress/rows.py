"""Reports of progress as pages list them, with the words of the agency and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.utils import timezone
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import DutyRole, Period, Progress, ProgressStep, ProgressStepKind
from dondoc.office.models.facts import recorded
from dondoc.office.queries import agencies
from dondoc.office.queries.progress.standing import WHICH, StandingReport, reports


class NoSuchReport(Refused):
    """The report does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What an agency reports of a duty for a period, as of a day; `number` is that of the last step, 0 before any.

    `share` is in percent, as the agency says. `said_on` is empty while nothing was handed in; `reason` is why it was
    given back, and empty unless it stands given back.
    """

    id: int
    period_id: int
    period: str
    duty_id: int
    task_id: int
    title: str
    role_label: str
    agency_id: int
    agency: str
    agency_short: str
    due_on: date
    state: str
    state_label: str
    number: int
    days_late: int
    first_on: date | None
    said_on: date | None
    said_by: str
    nothing_new: bool
    share: int | None
    result: str
    difficulties: str
    next_steps: str
    on_behalf: bool
    is_late_entry: bool
    original_id: int | None
    original_name: str
    reason: str
    judged_by: str
    is_sample: bool

    @property
    def url(self) -> str:
        return f"/progress/reports/{self.id}/"

    @property
    def write_url(self) -> str:
        """The place in the agency's table of the period where the report is written."""
        return f"/progress/{self.period_id}/#report-{self.id}"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a report, in plain words."""

    number: int
    kind: str
    kind_label: str
    on: date
    recorded_at: datetime
    by: str
    nothing_new: bool
    share: int | None
    result: str
    difficulties: str
    next_steps: str
    reason: str
    on_behalf: bool
    is_late_entry: bool
    original_id: int | None
    original_name: str


def listed(
    period_id: int,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    agency: int | None = None,
    which: str = "due",
    start: int = 0,
    size: int | None = None,
) -> list[ReportRow]:
    """List the reports of a period that a count counts: what is waited for longest first, then what was handed in."""
    found = reports(
        viewer,
        as_of=as_of,
        known_at=known_at,
        periods=[period_id],
        where=f"""{WHICH[which]} and (%(agency)s::bigint is null or bearer_id = %(agency)s::bigint)
            order by state in ('submitted', 'accepted'), days_late desc, bearer_id, sort_key, id
            limit %(size)s offset %(start)s""",
        agency=agency,
        size=size,
        start=start,
    )
    return rows_of(found, as_of=as_of, known_at=known_at)


def report(progress_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ReportRow:
    """Give one report in a viewer's sight. Raises NoSuchReport."""
    duty = Progress.objects.filter(pk=progress_id).values_list("duty_id", flat=True)
    found = reports(
        viewer, as_of=as_of, known_at=known_at, where="id = %(wanted)s", duties=list(duty), wanted=progress_id
    )
    if not found:
        raise NoSuchReport(_("There is no such report on this day, or it is another agency's."))
    return rows_of(found, as_of=as_of, known_at=known_at)[0]


def of_duty(
    duty_id: int,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    called: Mapping[int, tuple[str, str]] = MappingProxyType({}),
) -> list[ReportRow]:
    """List what was reported of a duty, and what is to be, the latest period first."""
    found = reports(viewer, as_of=as_of, known_at=known_at, where="true order by id desc", duties=[duty_id])
    return rows_of(found, as_of=as_of, known_at=known_at, called=called)


def rows_of(
    found: Iterable[StandingReport],
    *,
    as_of: date,
    known_at: datetime | None,
    called: Mapping[int, tuple[str, str]] = MappingProxyType({}),
) -> list[ReportRow]:
    """Turn reports as they stand into rows, with three further queries: the periods, the steps, the names.

    `called` are names of agencies on the day that were read already.
    """
    standing = list(found)
    periods = Period.objects.in_bulk({row.period_id for row in standing})
    wanted = {key for row in standing for key in (row.step_id, row.said_id) if key is not None}
    rows = ProgressStep.objects.filter(pk__in=wanted).select_related("entry", "original").defer("original__content")
    steps = {row.pk: row for row in rows} if wanted else {}
    called = agencies.further_names(called, {row.bearer_id for row in standing}, as_of=as_of, known_at=known_at)
    return [_row(row, periods[row.period_id], steps, called) for row in standing]


def _row(
    row: StandingReport, period: Period, steps: dict[int, ProgressStep], called: Mapping[int, tuple[str, str]]
) -> ReportRow:
    said = steps.get(row.said_id or 0)
    last = steps.get(row.step_id or 0)
    name, short = called.get(row.bearer_id, ("", ""))
    judged = last if last is not None and last.kind != ProgressStepKind.SUBMITTED else None
    original = said.original if said else None
    return ReportRow(
        id=row.id,
        period_id=row.period_id,
        period=period.name,
        duty_id=row.duty_id,
        task_id=row.task_id,
        title=row.title,
        role_label=str(DutyRole(row.role).label),
        agency_id=row.bearer_id,
        agency=name,
        agency_short=short,
        due_on=row.due_on,
        state=row.state,
        state_label=str(ProgressStepKind(row.state).label) if last else _("not reported"),
        number=row.number,
        days_late=row.days_late,
        first_on=row.first_on,
        said_on=said.on if said else None,
        said_by=said.entry.actor_name if said else "",
        nothing_new=bool(said and said.nothing_new),
        share=said.share if said else None,
        result=said.result if said else "",
        difficulties=said.difficulties if said else "",
        next_steps=said.next_steps if said else "",
        on_behalf=bool(said and said.on_behalf),
        is_late_entry=said is not None and _entered_late(said, period),
        original_id=original.pk if original else None,
        original_name=original.filename if original else "",
        reason=judged.reason if judged else "",
        judged_by=judged.entry.actor_name if judged else "",
        is_sample=row.is_sample,
    )


def _entered_late(step: ProgressStep, period: Period) -> bool:
    """Say whether a report was written down after the cut-off, whatever day it bears."""
    on = step.recorded_at.astimezone(timezone.get_default_timezone()).date()
    return step.kind == ProgressStepKind.SUBMITTED and on > period.cut_off_on


def steps(progress_id: int, *, as_of: date, known_at: datetime | None) -> list[StepRow]:
    """List everything that was done with a report by a day, the latest first; whoever asks has been let in to it."""
    rows = recorded(ProgressStep.objects.filter(progress_id=progress_id, on__lte=as_of), known_at=known_at)
    found = rows.select_related("entry", "original", "progress__period").defer("original__content").order_by("-number")
    return [
        StepRow(
            number=row.number,
            kind=row.kind,
            kind_label=str(row.get_kind_display()),
            on=row.on,
            recorded_at=row.recorded_at,
            by=row.entry.actor_name,
            nothing_new=row.nothing_new,
            share=row.share,
            result=row.result,
            difficulties=row.difficulties,
            next_steps=row.next_steps,
            reason=row.reason,
            on_behalf=row.on_behalf,
            is_late_entry=_entered_late(row, row.progress.period),
            original_id=row.original.pk if row.original else None,
            original_name=row.original.filename if row.original else "",
        )
        for row in found
    ]
