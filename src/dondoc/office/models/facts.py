"""The two clocks of every dated record, and the one way to ask what held on a day and was known at an instant.

A fact says since when it is true (`effective_on`, up to but not on `until_on`) and when we learned it
(`recorded_at`). Rows are only ever added: a correction, an ending or a withdrawal is a new row that names the row it
replaces; a withdrawal is a replacement with an empty period.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from dondoc.rules.lateness import LateRule

M = TypeVar("M", bound=models.Model)


class Recorded(models.Model):
    """Something that was written down: by which entry of the log, and when we learned it."""

    entry = models.ForeignKey("office.LogEntry", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    # Columns whose content stands in the log as a digest only, so that an expunged document leaves nothing there.
    digested: tuple[str, ...] = ()

    class Meta:
        abstract = True


class Fact(Recorded):
    """A dated fact: true from `effective_on` until the day before `until_on` (empty: still true)."""

    effective_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    backfilled = models.BooleanField(default=False, help_text="effective_on is only the latest day it can have begun")

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("effective_on")),
                name="%(class)s_period_runs_forward",
            ),
        )

    def holds_on(self, day: date) -> bool:
        """Whether a day lies in the period of the fact; whether the fact itself was replaced is another question."""
        return self.effective_on <= day and (self.until_on is None or day < self.until_on)


def known(rows: QuerySet[M], *, known_at: datetime | None) -> QuerySet[M]:
    """Keep the rows that were known at an instant (None: all that is known) and that nothing known then replaces."""
    model: Any = rows.model
    later = model._base_manager.filter(replaces=OuterRef("pk"))
    if known_at is None:
        return rows.filter(~Exists(later))
    return rows.filter(~Exists(later.filter(recorded_at__lte=known_at)), recorded_at__lte=known_at)


def recorded(rows: QuerySet[M], *, known_at: datetime | None) -> QuerySet[M]:
    """Keep the undated records that had been written down at an instant (None: all)."""
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def in_force(rows: QuerySet[M], *, as_of: date, known_at: datetime | None) -> QuerySet[M]:
    """Keep the facts that held on a day, as they were known at an instant."""
    return known(rows, known_at=known_at).filter(
        Q(until_on__isnull=True) | Q(until_on__gt=as_of), effective_on__lte=as_of
    )


def late_by(on: date, recorded_at: datetime, rule: LateRule) -> int:
    """Say by how many days something was entered late; 0 where that is no more than the office allows for it."""
    entered_on = recorded_at.astimezone(timezone.get_default_timezone()).date()
    behind = (entered_on - on).days
    return behind if rule.is_late(behind, entered_on=entered_on) else 0


def beginning_on(rows: QuerySet[M], *, on: date) -> M | None:
    """Give the fact that stands today and begins on exactly this day, for the action that lays another over it."""
    return known(rows, known_at=None).filter(effective_on=on).order_by("-recorded_at", "-id").first()


def latest(rows: QuerySet[M], *, as_of: date, known_at: datetime | None) -> QuerySet[M]:
    """Order the facts that held on a day, the deciding one first: the latest day, then the latest to be recorded."""
    return in_force(rows, as_of=as_of, known_at=known_at).order_by("-effective_on", "-recorded_at", "-id")
