"""Tasks: the list in its shapes (table, calendar, timeline, board), many at once, lists that are kept, one task."""

from dondoc.office.web.tasks.board import move
from dondoc.office.web.tasks.bulk import bulk
from dondoc.office.web.tasks.listing import listing, sheet
from dondoc.office.web.tasks.page import show
from dondoc.office.web.tasks.product import product
from dondoc.office.web.tasks.saved import change, open_view, save

__all__ = ["bulk", "change", "listing", "move", "open_view", "product", "save", "sheet", "show"]
