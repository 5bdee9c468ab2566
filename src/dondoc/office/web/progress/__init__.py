"""Progress by period: the list of periods, a period's page, and what agencies write into it."""

from dondoc.office.web.progress.judging import accept, give_back, report
from dondoc.office.web.progress.nothing import say_nothing, say_nothing_at_all
from dondoc.office.web.progress.opening import complete, listing, open_one
from dondoc.office.web.progress.overview import sheet, show
from dondoc.office.web.progress.part import part
from dondoc.office.web.progress.writing import write

__all__ = [
    "accept",
    "complete",
    "give_back",
    "listing",
    "open_one",
    "part",
    "report",
    "say_nothing",
    "say_nothing_at_all",
    "sheet",
    "show",
    "write",
]
