"""Measures: the rates by which work is counted, each with its sentence, from a day on."""

from django.db import models

from dondoc.office.models.facts import Fact


class Measure(Fact):
    """From a day on, how a rate is worked out: which duties it counts, and out of which.

    `counts` and `out_of` list buckets of `queries.standing` ("done_in_time", "late", ...); what is counted is among
    what it is counted out of. `only_due` keeps to the duties whose last day has come.
    """

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    sentence = models.TextField()
    counts = models.JSONField(default=list)
    out_of = models.JSONField(default=list)
    only_due = models.BooleanField(default=False)
    basis = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="+")
    basis_words = models.CharField(max_length=300, blank=True, help_text="a basis that is not in the register")
