"""Offices: each keeps its own register and sees no other's."""

from django.db import models

from dondoc.office.models.facts import Fact


class Hierarchy(models.TextChoices):
    """Which of the two hierarchies a body stands in."""

    PARTY = "party", "Đảng"
    STATE = "state", "Nhà nước"


class Office(models.Model):
    """An office that keeps a register: everything recorded belongs to exactly one."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=300)
    place = models.CharField(max_length=100)
    hierarchy = models.CharField(max_length=10, choices=Hierarchy.choices)
    agency = models.ForeignKey("office.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Letterhead(Fact):
    """How an office's papers begin and end from a day on: issuer, superior body, symbol, who signs, who receives."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="letterheads")
    issuer_name = models.CharField(max_length=300)
    parent_name = models.CharField(max_length=300, blank=True)
    symbol = models.CharField(max_length=40)
    speaker = models.CharField(max_length=300)
    signer_authority = models.CharField(max_length=300, blank=True)
    signer_position = models.CharField(max_length=300)
    signer_name = models.CharField(max_length=200, blank=True)
    recipients = models.JSONField(default=list)
