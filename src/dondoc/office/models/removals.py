"""Removals: a document withdrawn because it should not be here, or expunged because it is secret."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from dondoc.office.models.documents import Document
from dondoc.office.models.facts import Recorded, recorded


class Withdrawal(Recorded):
    """That a document was withdrawn (a wrong file) or put back; the latest row stands. Nothing of it is lost."""

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="withdrawals")
    is_withdrawn = models.BooleanField()
    reason = models.TextField()
    successor = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="withdrawals_in")


class ExpungeRequest(Recorded):
    """That a person found a document to be secret and asks a second person to have it expunged."""

    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="expunge_requests")
    asked_by = models.ForeignKey("office.User", on_delete=models.PROTECT, related_name="+")
    is_taken_back = models.BooleanField(default=False)


class Expunging(Recorded):
    """That a second person confirmed it and everything of the document was destroyed; hash, day and names stay."""

    request = models.OneToOneField("office.ExpungeRequest", on_delete=models.PROTECT, related_name="expunging")
    document = models.OneToOneField("office.Document", on_delete=models.PROTECT, related_name="expunging")
    confirmed_by = models.ForeignKey("office.User", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    backups = models.JSONField(default=list, help_text="the backups that still hold it")


class Backup(Recorded):
    """A backup that was made: its name, and up to which entry of the log it reaches."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    up_to = models.PositiveBigIntegerField()


def standing(documents: QuerySet[Document], *, known_at: datetime | None) -> QuerySet[Document]:
    """Keep the documents that at an instant were neither withdrawn nor expunged; what was put back stands again.

    An expunged document is left out of every instant: nothing of it is there to be shown.
    """
    later = recorded(Withdrawal.objects.filter(document=OuterRef("document"), pk__gt=OuterRef("pk")), known_at=known_at)
    withdrawn = recorded(Withdrawal.objects.filter(document=OuterRef("pk"), is_withdrawn=True), known_at=known_at)
    gone = Expunging.objects.filter(document=OuterRef("pk"))
    return documents.filter(~Exists(withdrawn.filter(~Exists(later))), ~Exists(gone))
