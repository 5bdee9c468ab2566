"""Reminders: what the ladder sent by itself to whoever bears a duty, before and after its due day."""

from django.db import models

from dondoc.office.models.facts import Recorded


class Reminder(Recorded):
    """One reminder about a duty on a day, by a step of the ladder; no duty is reminded twice on one day."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="reminders")
    agency = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="reminders")
    step = models.SlugField(max_length=40)
    on = models.DateField()
    due_on = models.DateField(help_text="the due day that it spoke of")
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("duty", "on"), name="reminder_one_a_day"),
            models.UniqueConstraint(fields=("duty", "step", "due_on"), name="reminder_one_each_step"),
        )
