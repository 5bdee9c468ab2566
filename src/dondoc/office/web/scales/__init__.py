"""The scoreboard of agencies, and the scale by which it is made."""

from dondoc.office.web.scales.laying import change
from dondoc.office.web.scales.page import sheet, show

__all__ = ["change", "sheet", "show"]
