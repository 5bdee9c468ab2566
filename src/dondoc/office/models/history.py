"""The log: one append-only chain of entries per office, written in the same transaction as the facts."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone


class LogEntry(models.Model):
    """One entry of an office's log, tied to the one before it by a hash.

    `detail` is canonical JSON of what was written; the chain holds only its digest, so that the text of a document
    found secret can be expunged while the chain still verifies.
    """

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=300)
    action = models.CharField(max_length=60)
    detail = models.TextField(null=True)
    detail_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "seq"), name="logentry_one_place_each"),)
        indexes = (models.Index(fields=("office", "recorded_at"), name="logentry_by_instant"),)


def opened_on(office_id: int) -> date:
    """Give the day on which an office began its register: what it holds from before cannot have been entered then."""
    entries = LogEntry.objects.filter(office=office_id).order_by("recorded_at")
    first = entries.values_list("recorded_at", flat=True).first()
    return first.astimezone(timezone.get_default_timezone()).date() if first else date.min
