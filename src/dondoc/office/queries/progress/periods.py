"""The periods for which agencies report: which are open, with which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import AgencyLevel, Period, PeriodDue, Programme
from dondoc.office.models.facts import recorded
from dondoc.office.models.programmes import called
from dondoc.rules.progress import kinds


class NoSuchPeriod(Refused):
    """The period does not exist in this office, or was not open yet on the day that is looked at."""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period: the days it counts, by when agencies report, since when it is open. `dues`: level in words, day."""

    id: int
    kind: str
    kind_label: str
    name: str
    begins_on: date
    last_on: date
    due_on: date
    cut_off_on: date
    dues: tuple[tuple[str, date], ...]
    programme_id: int | None
    programme: str
    opened_on: date
    opened_by: str
    is_running: bool
    is_cut_off: bool

    @property
    def url(self) -> str:
        return f"/progress/{self.id}/"


def periods(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[PeriodRow]:
    """List the periods that were open by a day, the latest window first."""
    return _rows(Period.objects.all(), viewer=viewer, as_of=as_of, known_at=known_at)


def period(period_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> PeriodRow:
    """Give one period of the viewer's office. Raises NoSuchPeriod."""
    found = _rows(Period.objects.filter(pk=period_id), viewer=viewer, as_of=as_of, known_at=known_at)
    if not found:
        raise _no_such_period()
    return found[0]


def _no_such_period() -> NoSuchPeriod:
    return NoSuchPeriod(_("There is no such period in this office on this day. Look for it in the list of periods."))


def _rows(rows: QuerySet[Period], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[PeriodRow]:
    mine = recorded(rows.filter(office_id=viewer.office_id, opened_on__lte=as_of), known_at=known_at)
    mine = mine.annotate(list_called=called(as_of=as_of, known_at=known_at, through="programme"))
    found = list(mine.select_related("entry").order_by("-until_on", "-begins_on", "programme_id", "pk"))
    dues: dict[int, list[tuple[str, date]]] = {}
    levels = list(AgencyLevel)
    laid_down = PeriodDue.objects.filter(period__in=found).values_list("period_id", "level", "due_on") if found else ()
    for period_id, level, due_on in sorted(laid_down, key=lambda row: levels.index(AgencyLevel(row[1]))):
        dues.setdefault(period_id, []).append((str(AgencyLevel(level).label), due_on))
    labels = {kind.key: kind.label for kind in kinds(on=date.max)}
    return [
        PeriodRow(
            id=row.pk,
            kind=row.kind,
            kind_label=labels.get(row.kind, _("own days")),
            name=row.name,
            begins_on=row.begins_on,
            last_on=row.until_on - timedelta(days=1),
            due_on=row.due_on,
            cut_off_on=row.cut_off_on,
            dues=tuple(dues.get(row.pk, ())),
            programme_id=row.programme_id,
            programme=row.list_called or "",
            opened_on=row.opened_on,
            opened_by=row.entry.actor_name,
            is_running=as_of < row.until_on,
            is_cut_off=as_of > row.cut_off_on,
        )
        for row in found
    ]


def of_office(period_id: int, *, office_id: int) -> Period:
    """Give a period of an office, for an action on it. Raises NoSuchPeriod."""
    found = Period.objects.filter(pk=period_id, office_id=office_id).select_related("programme").first()
    if found is None:
        raise _no_such_period()
    return found


def opened(*, office_id: int) -> set[tuple[date, date]]:
    """List the windows for which the whole office reports already."""
    rows = Period.objects.filter(office_id=office_id, programme=None)
    return set(rows.values_list("begins_on", "until_on"))


def same_window(*, office_id: int, programme_id: int | None, begins_on: date, until_on: date) -> Period | None:
    """Find the period that is open already for the same days and the same list."""
    rows = Period.objects.filter(office_id=office_id, programme_id=programme_id)
    return rows.filter(begins_on=begins_on, until_on=until_on).first()


def list_id(key: str, *, office_id: int) -> int | None:
    """Find the list of tasks of an office that has this key."""
    return Programme.objects.filter(office_id=office_id, key=key).values_list("pk", flat=True).first()


def running(*, on: date) -> list[tuple[int, int]]:
    """List the periods of all offices whose cut-off has not passed, with their offices: for the daily job."""
    return list(Period.objects.filter(cut_off_on__gte=on).order_by("pk").values_list("office_id", "pk"))
