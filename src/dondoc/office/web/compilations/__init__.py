"""Reports in the making: the list of them, beginning one, and the page on which several people write it."""

from dondoc.office.web.compilations.beginning import begin, listing
from dondoc.office.web.compilations.writing import (
    add_a_section,
    move_a_passage,
    move_a_section,
    passage,
    section,
    show,
    take,
)

__all__ = [
    "add_a_section",
    "begin",
    "listing",
    "move_a_passage",
    "move_a_section",
    "passage",
    "section",
    "show",
    "take",
]
