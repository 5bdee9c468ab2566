"""Deliveries: many files that are put in together, and what became of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Recorded


class DeliverySource(models.TextChoices):
    """How the files came."""

    PAGE = "page", _("put in on the page")
    FOLDER = "folder", _("from a folder, once")
    WATCHED = "watched", _("from a watched folder")


class Delivery(Recorded):
    """Files that were put in together, by the person whose name stands at the entry of the log."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    source = models.CharField(max_length=10, choices=DeliverySource.choices)
    name = models.CharField(max_length=300, blank=True)
    expected = models.PositiveIntegerField(null=True, help_text="how many files were announced")


class FileOutcome(models.TextChoices):
    """What became of a file."""

    TAKEN = "taken", _("taken in")
    DUPLICATE = "duplicate", _("was here already")
    SECRET = "secret", _("refused: marked secret")
    REFUSED = "refused", _("refused")


class DeliveredFile(Recorded):
    """One file of a delivery. Of a secret one nothing is kept, not even its name: only its place in the delivery."""

    delivery = models.ForeignKey("office.Delivery", on_delete=models.PROTECT, related_name="files")
    order = models.PositiveIntegerField()
    filename = models.CharField(max_length=255, blank=True)
    outcome = models.CharField(max_length=10, choices=FileOutcome.choices)
    reason = models.TextField(blank=True)
    document = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="deliveries")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("delivery", "order"), name="deliveredfile_one_place_each"),
            models.CheckConstraint(
                condition=~models.Q(outcome="secret") | models.Q(filename="", document__isnull=True),
                name="deliveredfile_secret_without_name",
            ),
        )
