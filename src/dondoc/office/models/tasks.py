"""Tasks: what must be done, whence it comes, and how it split or merged."""

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Fact, Recorded, recorded


class TaskKind(models.TextChoices):
    """What sort of thing must be done."""

    TASK = "task", _("task")
    PROJECT = "project", _("project")
    MECHANISM = "mechanism", _("mechanism")
    ORIENTATION = "orientation", _("orientation")


class TaskOrigin(models.TextChoices):
    """How a task came into the register."""

    READING = "reading", _("read in a document")
    HAND = "hand", _("entered by hand")
    NOTE = "note", _("from a leader's note")


class Task(Recorded):
    """Something that must be done. What is owed, by whom and when, are its duties."""

    office = models.ForeignKey("office.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=TaskKind.choices)
    origin = models.CharField(max_length=10, choices=TaskOrigin.choices)
    title = models.TextField()
    product = models.TextField(blank=True)
    workflow = models.ForeignKey("office.Workflow", on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey("office.Note", null=True, on_delete=models.PROTECT, related_name="tasks")
    assigned_on = models.DateField()
    is_sample = models.BooleanField(default=False)
    folded = models.TextField()
    sort_key = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(origin="note") | models.Q(note__isnull=False),
                name="task_from_a_note_names_it",
            ),
        )
        indexes = (
            models.Index(fields=("office", "assigned_on"), name="task_by_day_assigned"),
            # As much of a title as an index holds; the rest decides between the few that begin alike.
            models.Index("office", Func(F("sort_key"), Value(200), function="left"), "id", name="task_by_title"),
            # Three letters at a time: a word is found wherever it stands in a title.
            GinIndex(Func(F("folded"), function="dondoc_letters"), name="task_by_letters"),
        )


class TaskProduct(Fact):
    """What is to come of a task from a day on, as the office named it after the task had been entered."""

    task = models.ForeignKey("office.Task", on_delete=models.PROTECT, related_name="products")
    words = models.TextField()


class TaskClause(Recorded):
    """The words of a document that a task comes from."""

    task = models.ForeignKey("office.Task", on_delete=models.PROTECT, related_name="clauses")
    document = models.ForeignKey("office.Document", on_delete=models.PROTECT, related_name="task_clauses")
    clause = models.ForeignKey("office.Clause", null=True, on_delete=models.PROTECT, related_name="tasks")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)


class TaskClauseEnd(Recorded):
    """That a task was tied to words by mistake, and why."""

    tie = models.OneToOneField("office.TaskClause", on_delete=models.PROTECT, related_name="ending")
    ended_on = models.DateField()
    reason = models.TextField()


def standing_ties(rows: QuerySet[TaskClause], *, known_at: datetime | None) -> QuerySet[TaskClause]:
    """Keep the ties of tasks to words that were known at an instant (None: all) and not known to be a mistake."""
    ended = recorded(TaskClauseEnd.objects.filter(tie=OuterRef("pk")), known_at=known_at)
    return recorded(rows, known_at=known_at).filter(~Exists(ended))


class LineageKind(models.TextChoices):
    """How a task came from another."""

    SPLIT = "split", _("split from")
    MERGED = "merged", _("merged into")


class TaskLineage(Fact):
    """That a task was split into, or merged into, another on a day."""

    origin = models.ForeignKey("office.Task", on_delete=models.PROTECT, related_name="results")
    result = models.ForeignKey("office.Task", on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=8, choices=LineageKind.choices)
