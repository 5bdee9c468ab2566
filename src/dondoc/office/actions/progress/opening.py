"""Periods are opened by a person, and completed with the duties that were entered later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, office_wide, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.models import AgencyLevel, Period, PeriodDue, Progress
from dondoc.office.queries import duties, progress
from dondoc.rules.progress import FREE, UnknownKind, window
from dondoc.rules.text import vi_date

OFFICERS = ("administrator", "officer")


class PeriodRefused(Refused):
    """A period cannot be opened or completed like this."""


@dataclass(frozen=True, slots=True)
class NewPeriod:
    """A period to be opened: its days, [begins_on, until_on), by when agencies report, the last day of all.

    `kind` is "month", "quarter", "half", "year" (whose days are the regulation's) or "free". `dues` gives agencies of a
    level a due day of their own; `programme` narrows the period to one list.
    """

    kind: str
    name: str
    begins_on: date
    until_on: date
    due_on: date
    cut_off_on: date
    dues: Mapping[str, date] = field(default_factory=dict)
    programme: str | None = None


def regular_period(kind: str, day: date) -> NewPeriod:
    """Give the regular period of a sort in which a day lies, as the rules propose it."""
    try:
        found = window(kind, day)
    except UnknownKind as unknown:
        raise PeriodRefused(str(unknown)) from unknown
    return NewPeriod(kind, found.name, found.begins_on, found.until_on, found.due_on, found.cut_off_on)


def open_period(new: NewPeriod, *, on: date, actor: Actor) -> Period:
    """Open a period: every duty that is open at the end of its days (today, while they run) owes a report."""
    require(actor, *OFFICERS)
    _check(new, on=on)
    with writing(actor) as w:
        programme_id = progress.list_id(new.programme, office_id=w.office.pk) if new.programme else None
        if new.programme and programme_id is None:
            raise PeriodRefused(_("There is no such list in this office. Choose one, or report on the whole office."))
        same = progress.same_window(
            office_id=w.office.pk, programme_id=programme_id, begins_on=new.begins_on, until_on=new.until_on
        )
        if same is not None:
            raise PeriodRefused(
                _("These days are reported on already in the period “%(name)s”, opened on %(day)s. Look at that one.")
                % {"name": same.name, "day": vi_date(same.opened_on)}
            )
        period = w.new(
            Period,
            office=w.office,
            programme_id=programme_id,
            kind=new.kind,
            name=new.name.strip(),
            begins_on=new.begins_on,
            until_on=new.until_on,
            cut_off_on=new.cut_off_on,
            due_on=new.due_on,
            opened_on=on,
        )
        dues = [w.new(PeriodDue, period=period, level=level, due_on=day) for level, day in sorted(new.dues.items())]
        prepared = _prepared(w, period, on=on)
        w.record("open_period", [period, *dues, *prepared])
        _ask(w, period, prepared)
        return period


def _ask(w: Writing, period: Period, prepared: Sequence[Progress]) -> None:
    """Tell each agency once that it reports in a period, however many reports it owes."""
    bearers = duties.bearers(
        [row.duty_id for row in prepared], viewer=office_wide(w.office.pk), as_of=w.today, known_at=None
    )
    owing = sorted({agency_id for agency_id, _name, _short in bearers.values()})
    url = f"/progress/{period.pk}/"
    notify(w, [News("progress_asked", words=period.name, agency_id=agency_id, url=url) for agency_id in owing])


def _check(new: NewPeriod, *, on: date) -> None:
    if not new.name.strip():
        raise PeriodRefused(_("The period has no name. Write how the office calls it, such as “6/2024”."))
    if len(new.name.strip()) > 200:
        raise PeriodRefused(_("The name of the period is too long. Keep it under 200 letters."))
    if new.until_on <= new.begins_on:
        raise PeriodRefused(_("The period ends before it begins. Look at its two days again."))
    if new.begins_on > on:
        raise PeriodRefused(
            _("The period begins on %(day)s, which has not come yet. Open it from that day on.")
            % {"day": vi_date(new.begins_on)}
        )
    _check_days(new)
    if new.kind == FREE:
        return
    regular = regular_period(new.kind, new.begins_on)
    if (regular.begins_on, regular.until_on) != (new.begins_on, new.until_on):
        raise PeriodRefused(
            _("A regular period of this sort has the days of the regulation. For other days choose “own days”.")
        )


def _check_days(new: NewPeriod) -> None:
    strange = set(new.dues) - set(AgencyLevel.values)
    if strange:
        raise PeriodRefused(_("There is no such level of agencies. Choose one of the form."))
    if min([new.due_on, *new.dues.values()]) < new.begins_on:
        raise PeriodRefused(_("A report cannot be due before its period begins. Look at the due days again."))
    if max([new.due_on, *new.dues.values()]) > new.cut_off_on:
        raise PeriodRefused(
            _("Reports are taken in until %(day)s: no due day may lie behind it. Move the cut-off or the due day.")
            % {"day": vi_date(new.cut_off_on)}
        )


def _prepared(w: Writing, period: Period, *, on: date) -> list[Progress]:
    """Make the reports that are still to be prepared: of the duties open on the last day of the window, or today."""
    day = min(period.until_on - date.resolution, on)
    found = progress.prepared(period.pk, programme_id=period.programme_id, day=day, office_id=w.office.pk)
    w.reserve(Progress, len(found))
    return [w.new(Progress, period=period, duty_id=duty_id) for duty_id in found]


def complete_period(period_id: int, *, on: date, actor: Actor) -> int:
    """Add to a period the duties that were assigned or entered after it was opened; gives how many there were."""
    require(actor, *OFFICERS)
    with writing(actor) as w:
        period = progress.of_office(period_id, office_id=w.office.pk)
        if on > period.cut_off_on:
            raise PeriodRefused(
                _("Reports of this period were taken in until %(day)s. Later work belongs to the next period.")
                % {"day": vi_date(period.cut_off_on)}
            )
        rows = _prepared(w, period, on=on)
        if rows:
            w.record("complete_period", rows)
        return len(rows)
