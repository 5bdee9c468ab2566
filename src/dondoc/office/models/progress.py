"""Progress: what agencies report of their open duties in a period, and what became of each report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.agencies import AgencyLevel
from dondoc.office.models.facts import Recorded


class Period(Recorded):
    """A period for which progress is reported: its window of data, its cut-off, and by when reports are due."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey("office.Programme", null=True, on_delete=models.PROTECT, related_name="periods")
    kind = models.SlugField(max_length=20, help_text="month, quarter, half, year, or free")
    name = models.CharField(max_length=200)
    begins_on = models.DateField()
    until_on = models.DateField(help_text="the first day after the window of data")
    cut_off_on = models.DateField(help_text="the last day on which a report is taken in without being late entry")
    due_on = models.DateField(help_text="the last day for agencies whose level has no day of its own")
    opened_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("begins_on")), name="period_runs_over_some_days"
            ),
            models.CheckConstraint(
                condition=models.Q(cut_off_on__gte=models.F("due_on")), name="period_cut_off_not_before_due"
            ),
            models.UniqueConstraint(
                fields=("office", "programme", "begins_on", "until_on"),
                name="period_one_window_each",
                nulls_distinct=False,
            ),
        )


class PeriodDue(Recorded):
    """By when agencies of one level report in a period."""

    period = models.ForeignKey("office.Period", on_delete=models.PROTECT, related_name="dues")
    level = models.CharField(max_length=10, choices=AgencyLevel.choices)
    due_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("period", "level"), name="perioddue_one_each_level"),)


class Progress(Recorded):
    """That a duty is to be reported on in a period: prepared for each that was open."""

    period = models.ForeignKey("office.Period", on_delete=models.PROTECT, related_name="progress")
    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="progress")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("period", "duty"), name="progress_once_a_period"),)


class ProgressStepKind(models.TextChoices):
    """What was done with a report of progress."""

    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("approved")


class ProgressStep(Recorded):
    """A report handed in, given back with a reason, or accepted; the steps of one report are numbered."""

    progress = models.ForeignKey("office.Progress", on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ProgressStepKind.choices)
    on = models.DateField()
    nothing_new = models.BooleanField(default=False, help_text="the agency says that nothing happened in the period")
    result = models.TextField(blank=True)
    share = models.PositiveSmallIntegerField(null=True, help_text="how much is done, in percent, as the agency says")
    difficulties = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    reason = models.TextField(blank=True, help_text="why it was given back")
    on_behalf = models.BooleanField(default=False, help_text="entered by the office from a paper")
    original = models.ForeignKey("office.Original", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("progress", "number"), name="progressstep_numbered"),
            models.CheckConstraint(
                condition=models.Q(share__isnull=True) | models.Q(share__lte=100), name="progressstep_share_is_percent"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="submitted") | models.Q(nothing_new=True) | ~models.Q(result=""),
                name="progressstep_submitted_says_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="returned") | ~models.Q(reason=""), name="progressstep_returned_says_why"
            ),
        )
