"""Urges: numbered, unchangeable reminders to the agency that owes."""

from django.db import models

from dondoc.office.models.facts import Recorded


class Urge(Recorded):
    """One reminder about a duty, or about a clause of which nothing has been made yet."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey("office.Duty", null=True, on_delete=models.PROTECT, related_name="urges")
    clause = models.ForeignKey("office.Clause", null=True, on_delete=models.PROTECT, related_name="urges")
    agency = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="urges")
    number = models.PositiveIntegerField()
    kind = models.SlugField(max_length=40)
    channel = models.SlugField(max_length=40)
    urged_on = models.DateField()
    answer_by = models.DateField(null=True)
    text = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(duty__isnull=True) ^ models.Q(clause__isnull=True), name="urge_about_one_thing"
            ),
            models.UniqueConstraint(fields=("duty", "number"), name="urge_numbered_per_duty"),
            models.UniqueConstraint(fields=("clause", "agency", "number"), name="urge_numbered_per_clause"),
        )
