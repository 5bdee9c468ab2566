"""The reading page: the document as it looks beside what was read in it, and the decisions on it."""

from dondoc.office.web.readings.deciding import accept, accept_all, change, merge, proposal, refuse, split, withdraw
from dondoc.office.web.readings.heads import bind, head
from dondoc.office.web.readings.page import news, picture, show

__all__ = [
    "accept",
    "accept_all",
    "bind",
    "change",
    "head",
    "merge",
    "news",
    "picture",
    "proposal",
    "refuse",
    "show",
    "split",
    "withdraw",
]
