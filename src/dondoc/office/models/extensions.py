"""Extensions: a later due day that an agency asks for, and what the office that assigned the work decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Recorded


class Extension(Recorded):
    """That an agency asked for a later due day of its duty, and why."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField(help_text="the how many-th that was asked for this duty")
    asked_on = models.DateField()
    present_on = models.DateField(help_text="the last day as it was when the extension was asked for")
    wanted_on = models.DateField()
    reason = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("duty", "number"), name="extension_numbered_per_duty"),
            models.CheckConstraint(
                condition=models.Q(wanted_on__gt=models.F("present_on")), name="extension_later_than_the_old"
            ),
        )


class ExtensionVerdict(models.TextChoices):
    """How an extension ended."""

    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back")


class ExtensionDecision(Recorded):
    """What was decided on an extension; a granted one sets the due day in the same entry of the log."""

    extension = models.OneToOneField("office.Extension", on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=12, choices=ExtensionVerdict.choices)
    decided_on = models.DateField()
    granted_on = models.DateField(null=True, help_text="the new last day")
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verdict="granted") ^ models.Q(granted_on__isnull=True),
                name="extensiondecision_granted_names_a_day",
            ),
        )
