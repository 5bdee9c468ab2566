"""Progress by period: a period is opened, agencies report, the office accepts or gives back."""

from dondoc.office.actions.progress.judging import accept_all, accept_progress, return_progress
from dondoc.office.actions.progress.opening import (
    FREE,
    NewPeriod,
    PeriodRefused,
    complete_period,
    open_period,
    regular_period,
)
from dondoc.office.actions.progress.reporting import (
    ChangedMeanwhile,
    NewReport,
    Paper,
    ReportRefused,
    nothing_new,
    submit_progress,
)

__all__ = [
    "FREE",
    "ChangedMeanwhile",
    "NewPeriod",
    "NewReport",
    "Paper",
    "PeriodRefused",
    "ReportRefused",
    "accept_all",
    "accept_progress",
    "complete_period",
    "nothing_new",
    "open_period",
    "regular_period",
    "return_progress",
    "submit_progress",
]
