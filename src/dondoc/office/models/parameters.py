"""Parameters: the numbers of the rules where an office lays down its own, from a day on."""

from django.db import models

from dondoc.office.models.facts import Fact


class OfficeParameter(Fact):
    """What an office lays down for a parameter of the rules, from a day on, and on what ground."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    value = models.JSONField()
    source = models.CharField(max_length=300)
