"""The scoreboard of agencies, and the scale by which it is made."""

from dondoc.office.web.scales.laying import add, change, end
from dondoc.office.web.scales.page import sheet, show

__all__ = ["add", "change", "end", "sheet", "show"]
