"""Indicators: measured aims that a document sets, and what each is to reach."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Fact, Recorded


class Direction(models.TextChoices):
    """Which way is better."""

    HIGHER = "higher", _("the higher the better")
    LOWER = "lower", _("the lower the better")
    RANGE = "range", _("within a range")


class Indicator(Recorded):
    """A measured aim, and the words of the document that set it."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="indicators")
    clause = models.ForeignKey("office.Clause", null=True, on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField(max_length=300)
    unit = models.CharField(max_length=80, blank=True)
    direction = models.CharField(max_length=10, choices=Direction.choices)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)


class Target(Fact):
    """What an indicator is to reach by the end of a period; known since the day the document set it."""

    indicator = models.ForeignKey("office.Indicator", on_delete=models.PROTECT, related_name="targets")
    begins_on = models.DateField()
    ends_on = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=4)
    upper = models.DecimalField(max_digits=24, decimal_places=4, null=True, help_text="of a range")
