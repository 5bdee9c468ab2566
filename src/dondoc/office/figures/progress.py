"""Figures of progress: the reports due in a period, given, missing and late; for the office or one agency."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import progress
from dondoc.office.queries.progress import PeriodRow, ReportCounts, ReportRow
from dondoc.rules.text import vi_date


@dataclass(frozen=True, slots=True)
class Read:
    """The periods of a day by their key, and the counts of each by agency."""

    periods: dict[str, PeriodRow]
    counts: dict[int, dict[int, ReportCounts]]

    def of(self, period: str, agency: str | None) -> ReportCounts | None:
        """Give the counts of a period, whole or of one agency; None where the period was not open."""
        row = self.periods.get(period)
        if row is None:
            return None
        by_agency = self.counts.get(row.id, {})
        if agency is not None:
            return by_agency.get(int(agency), ReportCounts())
        return sum(by_agency.values(), ReportCounts())


def read(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, only: Sequence[Mapping[str, str]] | None = None
) -> Read:
    """Read the counts of the periods that are asked for, or of all."""
    asked = None if only is None else {arguments["period"] for arguments in only}
    rows = progress.periods(viewer=viewer, as_of=as_of, known_at=known_at)
    found = {str(row.id): row for row in rows if asked is None or str(row.id) in asked}
    keys = [row.id for row in found.values()]
    counts = progress.tallies(viewer=viewer, as_of=as_of, known_at=known_at, periods=keys) if keys else {}
    return Read(found, counts)


def _every(found: Read) -> list[Mapping[str, str]]:
    return [
        arguments
        for key, row in found.periods.items()
        for arguments in (
            {"period": key},
            *({"period": key, "agency": str(agency)} for agency in sorted(found.counts.get(row.id, {}))),
        )
    ]


def _figure(
    which: str,
    *,
    says: str,
    label: Callable[[int], str],
    sentence: Callable[[int], str],
) -> Figure:
    def count(found: Read, *, as_of: date, period: str, agency: str | None = None) -> Counted:
        counts = found.of(period, agency)
        if counts is None:
            return Counted(None, _("not recorded"), _("On this day the period was not open."))
        n = getattr(counts, which)
        words = {"day": vi_date(as_of), "n": n, "period": found.periods[period].name}
        return Counted(n, label(n), sentence(n) % words)

    def rows(
        *, viewer: Viewer, as_of: date, known_at: datetime | None, period: str, agency: str | None = None
    ) -> list[ReportRow]:
        owner = None if agency is None else int(agency)
        return progress.listed(int(period), viewer=viewer, as_of=as_of, known_at=known_at, agency=owner, which=which)

    return Figure(
        key=f"progress.{which}",
        says=says,
        takes=("period", "agency"),
        needs=("period",),
        source=read,
        count=count,
        rows=rows,
        every=_every,
        narrows=True,
    )


register(
    _figure(
        "due",
        says=gettext_noop(
            "The reports of progress that are owed for a period: one for each duty that was open at its end and was "
            "not taken back since, whole or of one agency."
        ),
        label=lambda n: ngettext("report due", "reports due", n),
        sentence=lambda n: ngettext(
            "By %(day)s, %(n)d report was owed for the period “%(period)s”.",
            "By %(day)s, %(n)d reports were owed for the period “%(period)s”.",
            n,
        ),
    )
)
register(
    _figure(
        "given",
        says=gettext_noop("Of the reports owed for a period, those handed in and not given back, accepted or not."),
        label=lambda n: ngettext("report given", "reports given", n),
        sentence=lambda n: ngettext(
            "By %(day)s, %(n)d report for the period “%(period)s” had been given.",
            "By %(day)s, %(n)d reports for the period “%(period)s” had been given.",
            n,
        ),
    )
)
register(
    _figure(
        "missing",
        says=gettext_noop("Of the reports owed for a period, those not handed in, or given back and awaited again."),
        label=lambda n: ngettext("report missing", "reports missing", n),
        sentence=lambda n: ngettext(
            "On %(day)s, %(n)d report for the period “%(period)s” was missing.",
            "On %(day)s, %(n)d reports for the period “%(period)s” were missing.",
            n,
        ),
    )
)
register(
    _figure(
        "late",
        says=gettext_noop(
            "Of the reports owed for a period, those first handed in after the due day of the agency's level, or not "
            "at all though it has passed."
        ),
        label=lambda n: ngettext("report late", "reports late", n),
        sentence=lambda n: ngettext(
            "By %(day)s, %(n)d report for the period “%(period)s” was late.",
            "By %(day)s, %(n)d reports for the period “%(period)s” were late.",
            n,
        ),
    )
)
register(
    _figure(
        "submitted",
        says=gettext_noop("Of the reports given for a period, those that wait to be accepted."),
        label=lambda n: ngettext("report waits to be accepted", "reports wait to be accepted", n),
        sentence=lambda n: ngettext(
            "On %(day)s, %(n)d report for the period “%(period)s” waited to be accepted.",
            "On %(day)s, %(n)d reports for the period “%(period)s” waited to be accepted.",
            n,
        ),
    )
)
