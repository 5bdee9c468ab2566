"""Petitions (kiến nghị): what a lower unit asks of a higher one. A petition is not a task."""

from django.db import models

from dondoc.office.models.facts import Recorded


class Petition(Recorded):
    """A petition that a document reports: by whom, to whom, and in which words."""

    reading = models.ForeignKey("office.Reading", on_delete=models.PROTECT, related_name="petitions")
    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="petitions")
    order = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    raised_by = models.CharField(max_length=300, blank=True)
    raised_to = models.CharField(max_length=300, blank=True)
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="again")
