"""Claims: the figures that a document states, and which of our own figures each is held against."""

from django.db import models
from django.db.models import F, Q

from dondoc.office.models.facts import Fact, Recorded


class Claim(Recorded):
    """A figure that a document states: the value, of how many, what for, and where it says so."""

    reading = models.ForeignKey("office.Reading", on_delete=models.PROTECT, related_name="claims")
    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="claims")
    order = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=24, decimal_places=4)
    of = models.DecimalField(max_digits=24, decimal_places=4, null=True)
    unit = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20)
    is_approximate = models.BooleanField(default=False)
    scope = models.TextField(blank=True)
    confidence = models.DecimalField(max_digits=4, decimal_places=3)
    rule = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("reading", "order"), name="claim_one_place_each"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="claim_has_words"),
        )


class ClaimBinding(Fact):
    """Against which of our figures, with which arguments, an officer holds a claim."""

    claim = models.ForeignKey("office.Claim", on_delete=models.PROTECT, related_name="bindings")
    figure = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
