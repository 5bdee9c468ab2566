"""Why a duty is not changed as somebody wanted: what, why, what to do next."""

from __future__ import annotations

from dondoc.office.access import Refused


class DutyRefused(Refused):
    """A duty cannot be moved like this."""


class DayRefused(Refused):
    """A duty cannot be moved as of this day."""


class ChangedMeanwhile(Refused):
    """Somebody else moved the duty first; the message says to what."""
