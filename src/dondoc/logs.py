"""How errors are written down: where and of which kind, without the rows that the database quotes in them."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Writes of each error its kind, its places in the program, and the first line of its message only.

    PostgreSQL puts the row that it refused on the further lines (DETAIL, CONTEXT), and a row may hold a document.
    """

    def formatException(self, ei: Raised) -> str:
        error, told, seen = ei[1], list[str](), set[int]()
        while error is not None and id(error) not in seen:  # errors that were raised again may name each other
            seen.add(id(error))
            said = str(error).partition("\n")[0]
            told.insert(0, "".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__name__}: {said}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\n".join(told)
