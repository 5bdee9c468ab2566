"""Reminders: what the program sent by itself about a duty, to whom, by which step of the ladder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from dondoc.office.access import Viewer
from dondoc.office.models import Reminder
from dondoc.office.models.facts import recorded
from dondoc.office.queries import agencies
from dondoc.office.queries.ladder import step_labels


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One reminder as a list shows it; `url` leads to the duty."""

    id: int
    duty_id: int
    title: str
    agency_id: int
    agency: str
    step: str
    step_label: str
    on: date
    due_on: date
    text: str
    is_sample: bool

    @property
    def url(self) -> str:
        return f"/duties/{self.duty_id}/"


def reminders(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    duty: int | None = None,
    agency: int | None = None,
    day: date | None = None,
) -> list[ReminderRow]:
    """List the reminders in a viewer's sight up to a day, the latest first; a focal point's own agencies' only."""
    rows = _visible(viewer=viewer, as_of=as_of, known_at=known_at)
    if duty is not None:
        rows = rows.filter(duty=duty)
    if agency is not None:
        rows = rows.filter(agency=agency)
    if day is not None:
        rows = rows.filter(on=day)
    found = list(rows.select_related("duty__task").order_by("-on", "-pk"))
    called = agencies.names({row.agency_id for row in found}, as_of=as_of, known_at=known_at)
    labels = step_labels({row.step for row in found}, office_id=viewer.office_id, on=as_of)
    return [
        ReminderRow(
            id=row.pk,
            duty_id=row.duty_id,
            title=row.duty.task.title,
            agency_id=row.agency_id,
            agency=called.get(row.agency_id, ("", ""))[0],
            step=row.step,
            step_label=labels[row.step],
            on=row.on,
            due_on=row.due_on,
            text=row.text,
            is_sample=row.duty.task.is_sample,
        )
        for row in found
    ]


def _visible(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Reminder]:
    mine = Reminder.objects.filter(duty__task__office_id=viewer.office_id, on__lte=as_of)
    rows = recorded(mine, known_at=known_at)
    return rows if viewer.sees_all else rows.filter(agency_id__in=viewer.agency_ids)
