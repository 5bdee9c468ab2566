"""Obstacles: what holds a duty up, who has to remove it, and since when it is waited for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Recorded


class Obstacle(Recorded):
    """Something that holds a duty up; whoever must remove it may stand outside the register (a ministry)."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="obstacles")
    cause = models.SlugField(max_length=40)
    text = models.TextField()
    remover = models.ForeignKey("office.Agency", null=True, on_delete=models.PROTECT, related_name="obstacles")
    remover_name = models.CharField(max_length=300)
    began_on = models.DateField()
    needed_by = models.DateField(null=True)


class ObstacleEndKind(models.TextChoices):
    """How an obstacle ended."""

    REMOVED = "removed", _("removed")
    MISTAKEN = "mistaken", _("entered by mistake")


class ObstacleEnd(Recorded):
    """That an obstacle is no more, since which day."""

    obstacle = models.OneToOneField("office.Obstacle", on_delete=models.PROTECT, related_name="ending")
    kind = models.CharField(max_length=10, choices=ObstacleEndKind.choices)
    ended_on = models.DateField()
    note = models.TextField(blank=True)
