"""Offices: each keeps its own register and sees no other's."""

from django.db import models


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
