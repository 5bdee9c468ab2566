"""Programmes: named lists of tasks that a document lays down."""

from django.db import models

from dondoc.office.models.facts import Fact, Recorded


class Programme(Recorded):
    """A named list, such as the 25 projects of a resolution; it is on record from `begins_on`."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    item_noun = models.CharField(max_length=60)
    resolution = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="programmes")
    workflow = models.ForeignKey("office.Workflow", on_delete=models.PROTECT, related_name="+")
    begins_on = models.DateField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "key"), name="programme_one_key_each"),)

    def __str__(self) -> str:
        return self.title


class ProgrammeTask(Fact):
    """That a task is on a programme, under which number; a task can be on several.

    `reason` says why it was taken off; a place that was a mistake from the start has an empty period.
    """

    programme = models.ForeignKey("office.Programme", on_delete=models.PROTECT, related_name="items")
    task = models.ForeignKey("office.Task", on_delete=models.PROTECT, related_name="programmes")
    number = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
