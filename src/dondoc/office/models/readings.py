"""Readings: what the reader offered for a document, and what a person made of each offer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Recorded


class Reading(Recorded):
    """One run of the reader on one document. Findings keep their places in the untouched text."""

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="readings")
    reader_version = models.CharField(max_length=40)
    findings = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    doubts = models.JSONField(default=list)

    digested = ("findings", "checks", "doubts")


class ReadingFailure(Recorded):
    """That a reader could not read a document, and what it said; a later reading may still succeed."""

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="failures")
    reader_version = models.CharField(max_length=40)
    reason = models.TextField()


class Proposal(Recorded):
    """An assignment that the reader offers; nothing is a task before a named person accepts it.

    When a newer reader offers the same again, `first` names the proposal that offered it first: what was decided on
    any of them is decided on all.
    """

    reading = models.ForeignKey("office.Reading", on_delete=models.PROTECT, related_name="proposals")
    order = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    leads = models.JSONField(default=list)
    coordinators = models.JSONField(default=list)
    due = models.JSONField(null=True)
    clause = models.ForeignKey("office.Clause", null=True, on_delete=models.PROTECT, related_name="+")
    is_orientation = models.BooleanField(default=False)
    confidence = models.DecimalField(max_digits=4, decimal_places=3)
    rule = models.CharField(max_length=80)
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="again")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("reading", "order"), name="proposal_one_place_each"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="proposal_has_words"),
        )


class Verdict(models.TextChoices):
    """What a person made of a proposal."""

    ACCEPTED = "accepted", _("accepted")
    CHANGED = "changed", _("accepted with changes")
    MERGED = "merged", _("accepted, merged with others")
    SPLIT = "split", _("accepted, split into several")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Review(Recorded):
    """One decision on a proposal; those of the latest entry of the log stand.

    A proposal that was split has one row for each task, all of one entry; proposals that were merged name one task.
    """

    proposal = models.ForeignKey("office.Proposal", on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    task = models.ForeignKey("office.Task", null=True, on_delete=models.PROTECT, related_name="reviews")
    reason = models.TextField(blank=True)
