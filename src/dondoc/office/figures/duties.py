"""Figures of duties: owed, done, late, due soon, without a due day; and the share done in time.

Each can be asked for the whole office, for one list, one resolution or one agency.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import duties
from dondoc.office.queries.duties import DutyCounts, DutyRow, DutyTallies
from dondoc.rules.rates import percent, share
from dondoc.rules.text import vi_date

SCOPES = ("programme", "resolution", "agency")


def _source(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> DutyTallies:
    return duties.tallies(viewer=viewer, as_of=as_of, known_at=known_at)


def _scope(found: DutyTallies, programme: str | None, resolution: str | None, agency: str | None) -> DutyCounts | None:
    if programme is not None:
        return found.by_programme.get(programme)
    if resolution is not None:
        return found.by_resolution.get(resolution)
    if agency is not None:
        return found.by_agency.get(agency, DutyCounts())
    return found.whole


def _every(found: DutyTallies) -> list[Mapping[str, str]]:
    return [
        {},
        *({"programme": key} for key in found.by_programme),
        *({"resolution": key} for key in found.by_resolution),
        *({"agency": key} for key in found.by_agency),
    ]


def _figure(
    key: str,
    which: str,
    *,
    says: str,
    label: Callable[[int], str],
    sentence: Callable[[int], str],
    pick: Callable[[DutyCounts], int],
) -> Figure:
    def count(
        found: DutyTallies,
        *,
        as_of: date,
        programme: str | None = None,
        resolution: str | None = None,
        agency: str | None = None,
    ) -> Counted:
        counts = _scope(found, programme, resolution, agency)
        if counts is None:
            return Counted(None, _("not recorded"), _("On this day the list was not on record."))
        n = pick(counts)
        return Counted(n, label(n), sentence(n) % {"day": vi_date(as_of), "n": n})

    return Figure(
        key=key, says=says, takes=SCOPES, at_most=1, source=_source, count=count, rows=_rows(which), every=_every
    )


def _rows(which: str) -> Callable[..., list[DutyRow]]:
    def rows(
        *,
        viewer: Viewer,
        as_of: date,
        known_at: datetime | None,
        programme: str | None = None,
        resolution: str | None = None,
        agency: str | None = None,
    ) -> list[DutyRow]:
        return duties.listed(
            which,
            viewer=viewer,
            as_of=as_of,
            known_at=known_at,
            programme=programme,
            resolution=resolution,
            agency=agency,
        )

    return rows


def _in_time(
    found: DutyTallies,
    *,
    as_of: date,
    programme: str | None = None,
    resolution: str | None = None,
    agency: str | None = None,
) -> Counted:
    counts = _scope(found, programme, resolution, agency)
    rate = percent(share(counts.done_in_time, counts.done_with_due)) if counts else None
    if counts is None or rate is None:
        return Counted(
            None,
            _("not recorded"),
            _("No duty with a due day was done by %(day)s.") % {"day": vi_date(as_of)},
        )
    sentence = ngettext(
        "By %(day)s, %(n)d of the %(of)d duties done that had a due day was done in time.",
        "By %(day)s, %(n)d of the %(of)d duties done that had a due day were done in time.",
        counts.done_in_time,
    )
    return Counted(
        rate,
        _("done in time, %"),
        sentence % {"day": vi_date(as_of), "n": counts.done_in_time, "of": counts.done_with_due},
    )


register(
    _figure(
        "duties.owed",
        "owed",
        says=gettext_noop("The duties assigned by a day, whatever their state."),
        label=lambda n: ngettext("duty", "duties", n),
        sentence=lambda n: ngettext(
            "On %(day)s, %(n)d duty was on record.", "On %(day)s, %(n)d duties were on record.", n
        ),
        pick=lambda c: c.owed,
    )
)
register(
    _figure(
        "duties.done",
        "done",
        says=gettext_noop("The duties that stand on a day in a state of the class “done”."),
        label=lambda n: ngettext("duty done", "duties done", n),
        sentence=lambda n: ngettext("On %(day)s, %(n)d duty was done.", "On %(day)s, %(n)d duties were done.", n),
        pick=lambda c: c.done,
    )
)
register(
    _figure(
        "duties.open",
        "open",
        says=gettext_noop("The duties that stand on a day in a waiting or active state."),
        label=lambda n: ngettext("open duty", "open duties", n),
        sentence=lambda n: ngettext("On %(day)s, %(n)d duty was open.", "On %(day)s, %(n)d duties were open.", n),
        pick=lambda c: c.open,
    )
)
register(
    _figure(
        "duties.late",
        "late",
        says=gettext_noop("The open duties whose last day had passed on a day."),
        label=lambda n: ngettext("duty late", "duties late", n),
        sentence=lambda n: ngettext(
            "On %(day)s, %(n)d duty was open although its last day had passed.",
            "On %(day)s, %(n)d duties were open although their last day had passed.",
            n,
        ),
        pick=lambda c: c.late,
    )
)
register(
    _figure(
        "duties.late_first",
        "late_first",
        says=gettext_noop("The open duties whose first due day had passed on a day, whatever was granted since."),
        label=lambda n: ngettext("duty behind its first due day", "duties behind their first due day", n),
        sentence=lambda n: ngettext(
            "On %(day)s, %(n)d duty was open although its first due day had passed.",
            "On %(day)s, %(n)d duties were open although their first due day had passed.",
            n,
        ),
        pick=lambda c: c.late_first,
    )
)
register(
    _figure(
        "duties.due_soon",
        "due_soon",
        says=gettext_noop("The open duties whose last day comes within the days that count as soon."),
        label=lambda n: ngettext("duty due soon", "duties due soon", n),
        sentence=lambda n: ngettext(
            "On %(day)s, %(n)d open duty was about to fall due.",
            "On %(day)s, %(n)d open duties were about to fall due.",
            n,
        ),
        pick=lambda c: c.due_soon,
    )
)
register(
    _figure(
        "duties.no_due",
        "no_due",
        says=gettext_noop("The open duties for which no document names a due day."),
        label=lambda n: ngettext("duty without a due day", "duties without a due day", n),
        sentence=lambda n: ngettext(
            "On %(day)s, %(n)d open duty had no due day.", "On %(day)s, %(n)d open duties had no due day.", n
        ),
        pick=lambda c: c.no_due,
    )
)
register(
    Figure(
        key="duties.in_time",
        says=gettext_noop("Of the duties done that had a due day, the percent done on or before it."),
        takes=SCOPES,
        at_most=1,
        unit="%",
        source=_source,
        count=_in_time,
        rows=_rows("done_in_time"),
        whole=_rows("done_with_due"),
        every=lambda found: [
            args for args in _every(found) if _in_time(found, as_of=date.min, **args).value is not None
        ],
    )
)
