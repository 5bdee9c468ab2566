"""Duties: a task owed by one agency in one role, with its own due day and its own state."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Fact, Recorded


class DutyRole(models.TextChoices):
    """In what role an agency owes a task."""

    LEAD = "lead", _("lead")
    COORDINATE = "coordinate", _("coordinate")
    MONITOR = "monitor", _("monitor")


class Duty(Recorded):
    """What one agency owes of a task. Who bears it, by when, and its state are dated facts of their own."""

    task = models.ForeignKey("office.Task", on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=12, choices=DutyRole.choices)
    order = models.PositiveSmallIntegerField()
    assigned_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("task", "role", "order"), name="duty_one_place_each"),)


class DutyBearer(Fact):
    """Which agency bears a duty from a day on; a hand-over is a further row with its basis."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="bearers")
    agency = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="duties")
    basis = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="+")


class DutyDue(Fact):
    """By when a duty is owed, from the day that was decided; the first row is the first due day for ever."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=10)
    on = models.DateField(null=True)
    every = models.CharField(max_length=10, blank=True)
    last_day = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)


class Change(Fact):
    """A move of a duty from one state to another: since when, learned when, by whom, on what evidence."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="changes")
    from_state = models.SlugField(max_length=40, blank=True)
    to_state = models.SlugField(max_length=40)
    note = models.TextField(blank=True)
    document = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="evidences")
    original = models.ForeignKey("office.Original", null=True, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("duty", "-effective_on", "-recorded_at", "-id"), name="change_latest_first"),)
