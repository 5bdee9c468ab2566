"""Figures of duties: late, due soon and without a due day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.models import Duty
from dondoc.office.queries import duties, programmes
from dondoc.office.queries.duties import DutyRow
from dondoc.rules.deadlines import due_soon_days
from dondoc.rules.text import vi_date

Narrow = Callable[[QuerySet[Duty], date], QuerySet[Duty]]
ALL = "all"


def _late(rows: QuerySet[Duty], as_of: date) -> QuerySet[Duty]:
    return duties.late(rows, as_of=as_of)


def _due_soon(rows: QuerySet[Duty], as_of: date) -> QuerySet[Duty]:
    return duties.due_soon(rows, as_of=as_of, until=as_of + timedelta(days=due_soon_days(on=as_of)))


def _no_due(rows: QuerySet[Duty], as_of: date) -> QuerySet[Duty]:
    return duties.without_due(rows)


def _found(
    narrow: Narrow, *, viewer: Viewer, as_of: date, known_at: datetime | None, programme: str
) -> QuerySet[Duty] | None:
    rows = duties.standing(viewer=viewer, as_of=as_of, known_at=known_at)
    if programme != ALL:
        listed = {p.key: p.id for p in programmes.programmes(viewer=viewer, as_of=as_of, known_at=known_at)}
        if programme not in listed:
            return None
        rows = duties.on_programme(rows, listed[programme], as_of=as_of, known_at=known_at)
    return narrow(rows, as_of)


def _figure(key: str, says: str, label: str, sentence: str, narrow: Narrow) -> Figure:
    def count(*, viewer: Viewer, as_of: date, known_at: datetime | None, programme: str) -> Counted:
        found = _found(narrow, viewer=viewer, as_of=as_of, known_at=known_at, programme=programme)
        if found is None:
            return Counted(None, _("not recorded"), _("On this day the list was not on record."))
        n = found.count()
        return Counted(n, _(label), _(sentence) % {"day": vi_date(as_of), "n": n})

    def rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, programme: str) -> list[DutyRow]:
        found = _found(narrow, viewer=viewer, as_of=as_of, known_at=known_at, programme=programme)
        if found is None:
            return []
        return duties.rows_of(found.order_by("due_on", "pk"), as_of=as_of, known_at=known_at)

    return Figure(key=key, says=says, takes=("programme",), count=count, rows=rows, every=_every)


def _every(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Mapping[str, str]]:
    rows = programmes.programmes(viewer=viewer, as_of=as_of, known_at=known_at)
    return [{"programme": ALL}, *({"programme": row.key} for row in rows)]


register(
    _figure(
        "duties.late",
        gettext_noop("The open duties whose last day had passed on a day."),
        gettext_noop("late"),
        gettext_noop("On %(day)s, %(n)d duties were open although their last day had passed."),
        _late,
    )
)
register(
    _figure(
        "duties.due_soon",
        gettext_noop("The open duties whose last day comes within the days that count as soon."),
        gettext_noop("due soon"),
        gettext_noop("On %(day)s, %(n)d open duties were about to fall due."),
        _due_soon,
    )
)
register(
    _figure(
        "duties.no_due",
        gettext_noop("The open duties for which no document names a due day."),
        gettext_noop("without a due day"),
        gettext_noop("On %(day)s, %(n)d open duties had no due day."),
        _no_due,
    )
)
