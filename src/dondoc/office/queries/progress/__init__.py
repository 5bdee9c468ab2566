"""Progress: the periods for which agencies report, how each report stands, and who is waited for."""

from dondoc.office.queries.progress.periods import (
    NoSuchPeriod,
    PeriodRow,
    list_id,
    of_office,
    opened,
    period,
    periods,
    running,
    same_window,
)
from dondoc.office.queries.progress.rows import (
    NoSuchReport,
    ReportRow,
    StepRow,
    listed,
    of_duty,
    report,
    steps,
)
from dondoc.office.queries.progress.standing import (
    AgencyRank,
    ReportCounts,
    StandingReport,
    prepared,
    ranked,
    standing_reports,
    tallies,
)

__all__ = [
    "AgencyRank",
    "NoSuchPeriod",
    "NoSuchReport",
    "PeriodRow",
    "ReportCounts",
    "ReportRow",
    "StandingReport",
    "StepRow",
    "list_id",
    "listed",
    "of_duty",
    "of_office",
    "opened",
    "period",
    "periods",
    "prepared",
    "ranked",
    "report",
    "running",
    "same_window",
    "standing_reports",
    "steps",
    "tallies",
]
