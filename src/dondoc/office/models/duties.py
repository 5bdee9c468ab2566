"""Duties: a task owed by one agency in one role, with its own due day and its own state."""

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from dondoc.office.models.facts import Fact, Recorded


class DutyRole(models.TextChoices):
    """In what role an agency owes a task."""

    LEAD = "lead", _("lead")
    COORDINATE = "coordinate", _("coordinate")
    MONITOR = "monitor", _("monitor")


class Duty(Recorded):
    """What one agency owes of a task. Who bears it, by when, and its state are dated facts of their own."""

    task = models.ForeignKey("office.Task", on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=12, choices=DutyRole.choices)
    order = models.PositiveSmallIntegerField()
    assigned_on = models.DateField()
    stage = models.CharField(
        max_length=120, blank=True, help_text="the named stage of the product that this agency owes, in its order"
    )
    series = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="occurrences", help_text="the recurring duty it is of"
    )
    occurs_on = models.DateField(null=True, help_text="the day by which this occurrence falls due")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("task", "role", "order"), name="duty_one_place_each"),
            models.UniqueConstraint(fields=("series", "occurs_on"), name="duty_one_occurrence_a_day"),
            models.CheckConstraint(
                condition=models.Q(series__isnull=True, occurs_on__isnull=True)
                | models.Q(series__isnull=False, occurs_on__isnull=False),
                name="duty_occurrence_has_its_day",
            ),
        )


class DutyBearer(Fact):
    """Which agency bears a duty from a day on; a hand-over is a further row with its basis."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="bearers")
    agency = models.ForeignKey("office.Agency", on_delete=models.PROTECT, related_name="duties")
    basis = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)


class DutyAssignee(Fact):
    """The person whom the agency that bears a duty has named for it, from a day on."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="assignees")
    person = models.ForeignKey("office.Person", on_delete=models.PROTECT, related_name="duties")
    note = models.TextField(blank=True)


class AssigneeAnswerKind(models.TextChoices):
    """What a named person said to being named."""

    TAKEN_ON = "taken_on", _("taken on")
    SENT_BACK = "sent_back", _("sent back")


class AssigneeAnswer(Recorded):
    """That a named person has taken a duty on, or gave it back and why."""

    assignee = models.OneToOneField("office.DutyAssignee", on_delete=models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=10, choices=AssigneeAnswerKind.choices)
    answered_on = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="taken_on") | ~models.Q(reason=""), name="assigneeanswer_sent_back_says_why"
            ),
        )


class DutyDue(Fact):
    """By when a duty is owed, from the day that was decided; the first row is the first due day for ever."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=10)
    on = models.DateField(null=True)
    every = models.CharField(max_length=10, blank=True)
    last_day = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)


class Change(Fact):
    """A move of a duty from one state to another: since when, learned when, by whom, on what evidence."""

    duty = models.ForeignKey("office.Duty", on_delete=models.PROTECT, related_name="changes")
    from_state = models.SlugField(max_length=40, blank=True)
    to_state = models.SlugField(max_length=40)
    note = models.TextField(blank=True)
    document = models.ForeignKey("office.Document", null=True, on_delete=models.PROTECT, related_name="evidences")
    original = models.ForeignKey("office.Original", null=True, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta(Fact.Meta):
        indexes = (models.Index(fields=("duty", "-effective_on", "-recorded_at", "-id"), name="change_latest_first"),)


class DutySpan(models.Model):
    """How a duty stood on some days, as it was known for a time. No record: it can be made again (`actions.spans`).

    True from `valid_from` until the day before `valid_until`, known from `known_from` until just before `known_until`
    (both empty: still). What a state is called and counts as is dated by itself and stands elsewhere; titles do, too.
    `place` is the duty's order; `sole_lead` says that no other lead of its task was ever recorded.
    """

    office = models.ForeignKey(
        "office.Office", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    workflow = models.ForeignKey(
        "office.Workflow", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    task = models.ForeignKey(
        "office.Task", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    duty = models.ForeignKey("office.Duty", on_delete=models.CASCADE, related_name="+", db_constraint=False)
    bearer = models.ForeignKey(
        "office.Agency", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    role = models.CharField(max_length=12, choices=DutyRole.choices)
    place = models.PositiveSmallIntegerField()
    sole_lead = models.BooleanField()
    state = models.SlugField(max_length=40, db_index=False)
    since = models.DateField()
    due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            # What holds now and from now on, by what lists ask for; the first is enough for counts by itself.
            models.Index(
                fields=("office", "state", "bearer"),
                include=[
                    *("role", "due_on", "first_due_on", "since", "valid_from", "sole_lead"),
                    *("workflow", "task", "duty", "known_from"),
                ],
                condition=Q(known_until=None, valid_until=None),
                name="span_now",
            ),
            models.Index(
                fields=("office", "bearer", "due_on"),
                condition=Q(known_until=None, valid_until=None),
                name="span_now_by_agency",
            ),
            models.Index(
                fields=("office", "due_on"), condition=Q(known_until=None, valid_until=None), name="span_now_by_due"
            ),
            # The leads by which tasks are listed and counted, those that decide by themselves apart.
            models.Index(
                fields=("office", "sole_lead", "state", "workflow"),
                include=[
                    *("task", "duty", "bearer"),
                    *("valid_from", "due_on", "since", "first_due_on", "known_from"),
                ],
                condition=Q(known_until=None, valid_until=None, role="lead"),
                name="span_now_lead",
            ),
            models.Index(
                fields=("office", "sole_lead", "state", "workflow", "valid_until"),
                include=["valid_from", "task", "duty", "known_from"],
                condition=Q(known_until=None, valid_until__isnull=False, role="lead"),
                name="span_then_lead",
            ),
            # Of some tasks: what is believed now, on any day, and what was believed for a time.
            models.Index(fields=("task", "valid_until"), condition=Q(known_until=None), name="span_by_task"),
            models.Index(
                fields=("task", "known_until"),
                condition=Q(known_until__isnull=False),
                name="span_known_then_by_task",
            ),
            # What is over but held on a day, and what was believed at an instant, however long ago: periods that
            # hold a point are found by it alone, while an order by their ends leads through all that ended since.
            GistIndex(
                Func(F("valid_from"), F("valid_until"), function="daterange"),
                condition=Q(known_until=None, valid_until__isnull=False),
                name="span_then",
            ),
            GistIndex(
                Func(F("known_from"), F("known_until"), function="tstzrange"),
                condition=Q(known_until__isnull=False),
                name="span_known_then",
            ),
        )


class Product(Recorded):
    """The document in which reported work ended: its number and day; the file or the document stands at the change."""

    change = models.OneToOneField("office.Change", on_delete=models.PROTECT, related_name="product")
    number = models.CharField(max_length=120)
    issued_on = models.DateField()
    title = models.TextField(blank=True)
