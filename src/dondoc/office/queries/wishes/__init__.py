"""What a list of tasks asks for, and what it shows: rows, days, bars and cards, all of the same wish."""

from dondoc.office.queries.wishes.choices import Choices, choices, persons
from dondoc.office.queries.wishes.extras import EXTRAS
from dondoc.office.queries.wishes.rows import Listed, ListRow, chosen, listed, with_extras
from dondoc.office.queries.wishes.shapes import BoardColumn, Day, board, days
from dondoc.office.queries.wishes.steps import Steps, steps
from dondoc.office.queries.wishes.wish import EMPTY, ORDERS, Order, Wish

__all__ = [
    "EMPTY",
    "EXTRAS",
    "ORDERS",
    "BoardColumn",
    "Choices",
    "Day",
    "ListRow",
    "Listed",
    "Order",
    "Steps",
    "Wish",
    "board",
    "choices",
    "chosen",
    "days",
    "listed",
    "persons",
    "steps",
    "with_extras",
]
