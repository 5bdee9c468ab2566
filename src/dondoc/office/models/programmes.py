"""Programmes: named lists of tasks that a document lays down."""

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dondoc.office.models.facts import Fact, Recorded, in_force, latest, recorded


class Programme(Recorded):
    """A named list, such as the 25 projects of a resolution; it is on record from `begins_on`.

    Its title is the one under which it was laid down: what it is called on a day, `called` says.
    """

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


class ProgrammeName(Fact):
    """What a list is called from a day on; a corrected name begins with the one that was never right."""

    programme = models.ForeignKey("office.Programme", on_delete=models.PROTECT, related_name="names")
    title = models.CharField(max_length=300)


class ProgrammeEnd(Fact):
    """From which day on a list is on record no more, and why; one laid down by mistake ends on its first day."""

    programme = models.ForeignKey("office.Programme", on_delete=models.PROTECT, related_name="ends")
    reason = models.TextField()


class ProgrammeTask(Fact):
    """That a task is on a programme, under which number; a task can be on several.

    `reason` says why it was taken off; a place that was a mistake from the start has an empty period.
    """

    programme = models.ForeignKey("office.Programme", on_delete=models.PROTECT, related_name="items")
    task = models.ForeignKey("office.Task", on_delete=models.PROTECT, related_name="programmes")
    number = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)


def listed(*, as_of: date, known_at: datetime | None) -> QuerySet[Programme]:
    """Give the lists that were on record on a day: begun, and not ended."""
    ends = in_force(ProgrammeEnd.objects.filter(programme=OuterRef("pk")), as_of=as_of, known_at=known_at)
    return recorded(Programme.objects.filter(~Exists(ends), begins_on__lte=as_of), known_at=known_at)


def called(*, as_of: date, known_at: datetime | None, through: str = "") -> Coalesce:
    """Say in a query what a list is called on a day; `through` is the column of the row that points to the list."""
    names = ProgrammeName.objects.filter(programme=OuterRef(f"{through}_id" if through else "pk"))
    title = latest(names, as_of=as_of, known_at=known_at).values("title")[:1]
    return Coalesce(Subquery(title), F(f"{through}__title" if through else "title"))
