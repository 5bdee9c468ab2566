"""Clauses: a resolution clause by clause, and one clause with what an officer ties to it."""

from dondoc.office.web.clauses.indicators import indicator, indicator_target, target
from dondoc.office.web.clauses.page import coverage, listing, show, strip
from dondoc.office.web.clauses.tying import concrete, link_end, release, release_end, task, tie_end

__all__ = [
    "concrete",
    "coverage",
    "indicator",
    "indicator_target",
    "link_end",
    "listing",
    "release",
    "release_end",
    "show",
    "strip",
    "target",
    "task",
    "tie_end",
]
