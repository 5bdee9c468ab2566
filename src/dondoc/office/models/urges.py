"""Urges: numbered, unchangeable reminders to the agency that owes."""

from django.db import models

from dondoc.office.models.facts import Fact, Recorded


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
    step = models.SlugField(max_length=40, blank=True, help_text="the step of the ladder that it carries out")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(duty__isnull=True) ^ models.Q(clause__isnull=True), name="urge_about_one_thing"
            ),
            models.UniqueConstraint(fields=("duty", "number"), name="urge_numbered_per_duty"),
            models.UniqueConstraint(fields=("clause", "agency", "number"), name="urge_numbered_per_clause"),
        )


class UrgeReceipt(Recorded):
    """That an urge reached the agency: on which day, and who took it."""

    urge = models.OneToOneField("office.Urge", on_delete=models.PROTECT, related_name="receipt")
    received_on = models.DateField()
    received_by = models.CharField(max_length=200, blank=True)


class UrgeAnswer(Recorded):
    """What the agency answered to an urge; to a demand for an explanation it is the explanation."""

    urge = models.ForeignKey("office.Urge", on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    answered_on = models.DateField()
    text = models.TextField()
    original = models.ForeignKey("office.Original", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("urge", "number"), name="urgeanswer_numbered"),)


class LadderStep(Fact):
    """A step of an office's own ladder of urging; an office without any follows the data of the program."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    what = models.CharField(max_length=12, help_text="reminder, urge, explanation, agenda, or upward")
    urge_kind = models.SlugField(max_length=40, blank=True)
    after_days = models.SmallIntegerField(help_text="working days after the due day; less than nought: before it")
    answer_days = models.PositiveSmallIntegerField(null=True, help_text="working days in which an answer is expected")
