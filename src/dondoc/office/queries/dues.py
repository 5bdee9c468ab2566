"""Due days of duties: the rule that stands, what recurs with its rounds, and the day that counts for a product."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Change, Duty, DutyDue
from dondoc.office.models.facts import known, latest
from dondoc.office.queries import duties, parameters
from dondoc.office.queries.duties import DutyRow
from dondoc.office.queries.standing import duties_standing
from dondoc.rules.calendar import DayNotCovered, SpecialDay, is_working_day, next_working_day, special_day
from dondoc.rules.deadlines import DueRule, counted_on, rule_of


class NotRecurring(Refused):
    """The duty is not one that recurs."""


@dataclass(frozen=True, slots=True)
class DueStanding:
    """The due rule of a duty on a day: the rule itself, the words of its document, and the last day that came of it."""

    rule: DueRule
    words: str
    last_day: date | None
    since: date
    ended: bool = False

    @property
    def waits_for_event(self) -> bool:
        """Whether its last day comes only when an event has happened."""
        return self.rule.kind == "event" and self.rule.on is None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What recurs: the first duty of the series, its rule, its words, and from which day on it recurs no more."""

    head_id: int
    task_id: int
    role: str
    rule: DueRule
    words: str
    recorded_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series on the page of its task: how it recurs, its rounds in order of their days, and what comes next."""

    head_id: int
    role_label: str
    agency: str
    every: str
    words: str
    ends_on: date | None
    rounds: tuple[DutyRow, ...]
    may_go_on: bool


def standing(duty_id: int, *, as_of: date, known_at: datetime | None) -> DueStanding | None:
    """Give the due rule that a duty has on a day; None where nothing was recorded by then."""
    row = latest(DutyDue.objects.filter(duty_id=duty_id), as_of=as_of, known_at=known_at).first()
    if row is None:
        return None
    if row.kind == "recurring" and not row.every:  # that it recurs no more; its own last day stays
        rule = DueRule("day", row.last_day) if row.last_day else DueRule("none")
        return DueStanding(rule, row.words, row.last_day, row.effective_on, ended=True)
    rule = rule_of(row.kind, row.on, row.every, last_day=row.last_day) if _is_whole(row) else DueRule("none")
    return DueStanding(rule, row.words, row.last_day, row.effective_on)


def _is_whole(row: DutyDue) -> bool:
    return row.on is not None or row.kind in {"event", "none"}


def recurrences(*, office_id: int, tasks: Iterable[int] | None = None, known_at: datetime | None) -> list[Recurrence]:
    """List what recurs in an office, or in some of its tasks, by the latest rule of each; one that ended says when."""
    rows = DutyDue.objects.filter(duty__task__office_id=office_id, kind="recurring", duty__series__isnull=True)
    if tasks is not None:
        rows = rows.filter(duty__task_id__in=list(tasks))
    rows = known(rows, known_at=known_at).select_related("duty").order_by("effective_on", "recorded_at", "id")
    rules: dict[int, DutyDue] = {}
    ends: dict[int, date | None] = {}
    for row in rows:
        if row.every:
            rules[row.duty_id], ends[row.duty_id] = row, None
        else:
            ends[row.duty_id] = row.on
    return [
        Recurrence(
            head_id=pk,
            task_id=row.duty.task_id,
            role=row.duty.role,
            rule=rule_of("recurring", row.on, row.every),
            words=row.words,
            recorded_on=row.recorded_at.astimezone(timezone.get_default_timezone()).date(),
            ends_on=ends.get(pk),
        )
        for pk, row in rules.items()
    ]


def recurrence(duty_id: int, *, office_id: int) -> Recurrence:
    """Give what recurs with a duty, be it the first of its series or a later round; refused where nothing does."""
    duty = Duty.objects.filter(pk=duty_id, task__office_id=office_id).first()
    found = recurrences(office_id=office_id, tasks=[duty.task_id], known_at=None) if duty else []
    head_id = (duty.series_id or duty.pk) if duty else 0
    for each in found:
        if each.head_id == head_id:
            return each
    raise NotRecurring(_("This duty does not recur. Set a recurring due day for it first."))


def rounds(head_ids: Iterable[int]) -> dict[int, list[Duty]]:
    """Give the rounds that were made of each series, in the order of their days; the first duty is not among them."""
    found: dict[int, list[Duty]] = {}
    for duty in Duty.objects.filter(series_id__in=list(head_ids)).order_by("occurs_on", "id"):
        found.setdefault(duty.series_id or 0, []).append(duty)
    return found


def next_place(task_id: int, role: str) -> int:
    """Give the next free place of a role in a task, for an action that adds a duty under the office's lock."""
    last = Duty.objects.filter(task_id=task_id, role=role).order_by("-order").values_list("order", flat=True).first()
    return 0 if last is None else last + 1


STAGE_STEP = 256  # between the places of two stages: room for others that turn out to be needed between them


def stage_place(task_id: int, *, before: int | None = None) -> int | None:
    """Give a place for a stage of a product: behind the others, or before one of them; None where no room is left.

    Places are never changed, since past days are shown by them; so they are laid out with room between them.
    """
    places = dict(Duty.objects.filter(task_id=task_id, role="lead").values_list("pk", "order"))
    if before is None:
        return (max(places.values(), default=-1) // STAGE_STEP + 1) * STAGE_STEP
    after = max((place for place in places.values() if place < places[before]), default=-1)
    middle = (after + places[before]) // 2
    return middle if middle > after else None


def series_of(task_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[SeriesRow]:
    """List the series of a task that a viewer sees on a day, each with its rounds; those not yet assigned are not."""
    found = recurrences(office_id=viewer.office_id, tasks=[task_id], known_at=known_at)
    if not found:
        return []
    made = rounds([each.head_id for each in found])
    ids = [*made_ids(made), *(each.head_id for each in found)]
    owed = duties_standing(
        "visible order by due_on nulls last, id", viewer=viewer, as_of=as_of, known_at=known_at, duties=ids
    )
    rows = {row.id: row for row in duties.rows_of(owed, as_of=as_of, known_at=known_at)}
    return [
        SeriesRow(
            head_id=each.head_id,
            role_label=shown[0].role_label,
            agency=shown[-1].agency,
            every=each.rule.every or "",
            words=each.words,
            ends_on=each.ends_on,
            rounds=tuple(shown),
            may_go_on=each.ends_on is None,
        )
        for each in found
        if (shown := [rows[pk] for pk in (each.head_id, *(d.pk for d in made.get(each.head_id, ()))) if pk in rows])
    ]


def rounds_in_sight(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, list[DutyRow]]:
    """Give the rounds of every series that a viewer sees on a day, by the key of its first duty, itself one of them."""
    found = recurrences(office_id=viewer.office_id, known_at=known_at)
    made = rounds([each.head_id for each in found])
    ids = [*made_ids(made), *(each.head_id for each in found)]
    owed = (
        duties_standing(
            "visible order by due_on nulls last, id", viewer=viewer, as_of=as_of, known_at=known_at, duties=ids
        )
        if ids
        else []
    )
    rows = {row.id: row for row in duties.rows_of(owed, as_of=as_of, known_at=known_at)}
    of = {each.head_id: [each.head_id, *(d.pk for d in made.get(each.head_id, ()))] for each in found}
    return {str(head): shown for head, keys in of.items() if (shown := [rows[pk] for pk in keys if pk in rows])}


def made_ids(made: dict[int, list[Duty]]) -> list[int]:
    """List the keys of all rounds."""
    return [duty.pk for several in made.values() for duty in several]


def day_of_done(duty_id: int, *, office_id: int, today: date) -> date:
    """Propose the day on which reported work counts as done: that of the report, or the day after where it came in
    after the hour at which the office's day ends.

    Only a report recorded on its own day says at what hour it came; of another its day stands. Never after today.
    """
    row = latest(Change.objects.filter(duty_id=duty_id), as_of=today, known_at=None).first()
    if row is None:
        return today
    at = row.recorded_at.astimezone(timezone.get_default_timezone())
    if at.date() != row.effective_on:
        return min(row.effective_on, today)
    setting = parameters.due_day_setting(office_id=office_id, on=row.effective_on, known_at=None)
    return min(counted_on(at, setting=setting), today)


@dataclass(frozen=True, slots=True)
class DayOff:
    """That a last day is one on which offices do not work: why, and which working day comes next."""

    day: date
    special: SpecialDay | None
    next_on: date


def day_off(day: date | None) -> DayOff | None:
    """Say that a last day falls on a day off; None for a working day, and beyond the recorded years."""
    if day is None:
        return None
    try:
        return None if is_working_day(day) else DayOff(day, special_day(day), next_working_day(day))
    except DayNotCovered:
        return None
