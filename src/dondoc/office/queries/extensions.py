"""Extensions that were asked for, and how each was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer, office_wide
from dondoc.office.models import Duty, Extension, ExtensionDecision, TaskLineage
from dondoc.office.models.facts import in_force, late_by, recorded
from dondoc.office.queries import duties, parameters
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.standing import StandingDuty, duties_standing
from dondoc.rules.extensions import is_flagged
from dondoc.rules.lateness import LateRule


class NoSuchExtension(Refused):
    """The request does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """A request for a later due day, as a day knew it; `verdict` is empty while it waits.

    `late_entry` and `late_decision` say by how many days the request and what was decided were entered late.
    """

    id: int
    duty_id: int
    number: int
    asked_on: date
    asked_by: str
    present_on: date
    wanted_on: date
    reason: str
    is_flagged: bool
    verdict: str
    verdict_label: str
    decided_on: date | None
    decided_by: str
    granted_on: date | None
    note: str
    title: str
    agency: str
    late_entry: int
    late_decision: int

    @property
    def url(self) -> str:
        return f"/duties/{self.duty_id}/#extensions"


def extension(extension_id: int, *, office_id: int) -> Extension:
    """Give a request of an office, for the action that decides on it."""
    row = Extension.objects.filter(pk=extension_id, duty__task__office_id=office_id).first()
    if row is None:
        raise NoSuchExtension(_("There is no such request in this office."))
    return row


def decision_of(extension_id: int) -> ExtensionDecision | None:
    """Give what was decided on a request."""
    return ExtensionDecision.objects.filter(extension_id=extension_id).select_related("entry").first()


def waiting(duty_id: int) -> Extension | None:
    """Give the request of a duty that nobody has decided yet."""
    return Extension.objects.filter(duty_id=duty_id, decision__isnull=True).first()


def count(duty_id: int) -> int:
    """Say how many extensions were asked for a duty so far."""
    return Extension.objects.filter(duty_id=duty_id).count()


def parent_due(standing: StandingDuty, *, office_id: int, as_of: date) -> date | None:
    """Say by when the work is owed that a duty is part of; None where nothing limits it.

    Whoever coordinates serves the leads of the task; those who lead a task that was split off serve the one
    it came from.
    """
    task_id = standing.task_id
    if standing.role == "lead":
        rows = in_force(TaskLineage.objects.filter(result_id=task_id, kind="split"), as_of=as_of, known_at=None)
        origin = rows.values_list("origin_id", flat=True).first()
        if origin is None:
            return None
        task_id = origin
    leads = Duty.objects.filter(task_id=task_id, role="lead").values_list("pk", flat=True)
    found = duties_standing("true", viewer=office_wide(office_id), as_of=as_of, known_at=None, duties=list(leads))
    days = [lead.due_on for lead in found if lead.due_on is not None]
    return max(days) if days else None


def of_duty(duty: DutyRow, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ExtensionRow]:
    """List the requests of a duty, the newest first; the duty itself was read, and is in sight."""
    bearers = {duty.id: (duty.agency_id, duty.agency, duty.agency_short)}
    rows = Extension.objects.filter(duty_id=duty.id)
    return _rows(rows, viewer=viewer, as_of=as_of, known_at=known_at, bearers=bearers)


def undecided(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ExtensionRow]:
    """List the requests in a viewer's sight that nobody had decided by a day, the newest first."""
    later = ExtensionDecision.objects.filter(extension=OuterRef("pk"), decided_on__lte=as_of)
    rows = Extension.objects.filter(~Exists(recorded(later, known_at=known_at)))
    return _rows(rows, viewer=viewer, as_of=as_of, known_at=known_at)


def _rows(
    found: QuerySet[Extension],
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    bearers: Mapping[int, tuple[int, str, str]] | None = None,
) -> list[ExtensionRow]:
    rows = recorded(
        found.filter(asked_on__lte=as_of, duty__task__office_id=viewer.office_id), known_at=known_at
    ).select_related("entry", "duty__task")
    asked = list(rows.order_by("-asked_on", "-pk"))
    if bearers is None:
        bearers = duties.bearers({row.duty_id for row in asked}, viewer=viewer, as_of=as_of, known_at=known_at)
    decisions = ExtensionDecision.objects.filter(extension__in=asked, decided_on__lte=as_of).select_related("entry")
    decided = {row.extension_id: row for row in recorded(decisions, known_at=known_at)}
    shown = [row for row in asked if row.duty_id in bearers]
    # Where nothing is shown nothing need be asked; else from which on is the same for all rows of a day.
    flagged = _flagged(viewer.office_id, as_of=as_of, known_at=known_at) if shown else 0
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    return [_row(row, decided.get(row.pk), bearers[row.duty_id], flagged, rule) for row in shown]


def _flagged(office_id: int, *, as_of: date, known_at: datetime | None) -> int:
    return parameters.whole_number("flagged_extension", office_id=office_id, on=as_of, known_at=known_at)


def _row(
    row: Extension, decision: ExtensionDecision | None, bearer: tuple[int, str, str], flagged: int, rule: LateRule
) -> ExtensionRow:
    return ExtensionRow(
        id=row.pk,
        duty_id=row.duty_id,
        number=row.number,
        asked_on=row.asked_on,
        asked_by=row.entry.actor_name,
        present_on=row.present_on,
        wanted_on=row.wanted_on,
        reason=row.reason,
        is_flagged=is_flagged(row.number, flagged=flagged),
        verdict=decision.verdict if decision else "",
        verdict_label=str(decision.get_verdict_display()) if decision else "",
        decided_on=decision.decided_on if decision else None,
        decided_by=decision.entry.actor_name if decision else "",
        granted_on=decision.granted_on if decision else None,
        note=decision.note if decision else "",
        title=row.duty.task.title,
        agency=bearer[1],
        late_entry=late_by(row.asked_on, row.recorded_at, rule),
        late_decision=late_by(decision.decided_on, decision.recorded_at, rule) if decision else 0,
    )
