"""Due days: the field of a due rule for any form, what a duty's page says of it, and the year of working days."""

from dondoc.office.web.dues.page import calendar, end, event, make, part, series
from dondoc.office.web.dues.rule import DueRuleField, as_parts, in_words

__all__ = [
    "DueRuleField",
    "as_parts",
    "calendar",
    "end",
    "event",
    "in_words",
    "make",
    "part",
    "series",
]
