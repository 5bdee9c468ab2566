"""Claims: the figures that a document states, and which of our own figures each is held against."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

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
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="again")

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


class SettlementKind(models.TextChoices):
    """What a disagreement about a number came down to."""

    CLAIM_RIGHT = "claim_right", _("the document is right")
    REGISTER_RIGHT = "register_right", _("the register is right")
    OTHER_RIGHT = "other_right", _("the other document is right")
    BOTH_RIGHT = "both_right", _("both are right: they count different things")
    OPEN = "open", _("open again")


class ClaimSettlement(Recorded):
    """How a person settled that a claim differs from our figure, or from another document's; the latest stands."""

    claim = models.ForeignKey("office.Claim", on_delete=models.PROTECT, related_name="settlements")
    other = models.ForeignKey("office.Claim", null=True, on_delete=models.PROTECT, related_name="settlements_in")
    kind = models.CharField(max_length=20, choices=SettlementKind.choices)
    reason = models.TextField()
