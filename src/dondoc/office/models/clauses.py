"""Clauses: the numbered parts of a document, under addresses that do not change."""

from django.db import models

from dondoc.office.models.facts import Fact, Recorded


class Clause(Recorded):
    """A numbered part of a document under an address that does not change, such as 3 or II.2.a."""

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="clauses")
    address = models.CharField(max_length=60)
    order = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    heading = models.TextField(blank=True)

    digested = ("heading",)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "address"), name="clause_one_address_each"),)


class ClauseRelease(Fact):
    """That a clause needs nothing made of it, from a day on, and why."""

    clause = models.ForeignKey("office.Clause", on_delete=models.PROTECT, related_name="releases")
    reason = models.TextField()
