"""What a list of tasks asks for, and what it shows: rows, days, bars and cards, all of the same wish."""

from dondoc.office.queries.wishes.choices import Choices, choices, persons, states
from dondoc.office.queries.wishes.extras import EXTRAS, LateEntries, late_entries
from dondoc.office.queries.wishes.rows import Listed, ListRow, chosen, listed, with_extras
from dondoc.office.queries.wishes.shapes import BoardColumn, Day, board, days, within
from dondoc.office.queries.wishes.steps import Steps, steps
from dondoc.office.queries.wishes.wish import EMPTY, ORDERS, WHOLE, Order, Part, Wish
from dondoc.office.queries.wishes.written import DAYS, NUMBERS, PARAMETERS, SEVERAL, wish_of, written

__all__ = [
    "DAYS",
    "EMPTY",
    "EXTRAS",
    "NUMBERS",
    "ORDERS",
    "PARAMETERS",
    "SEVERAL",
    "WHOLE",
    "BoardColumn",
    "Choices",
    "Day",
    "LateEntries",
    "ListRow",
    "Listed",
    "Order",
    "Part",
    "Steps",
    "Wish",
    "board",
    "choices",
    "chosen",
    "days",
    "late_entries",
    "listed",
    "persons",
    "states",
    "steps",
    "wish_of",
    "with_extras",
    "within",
    "written",
]
