"""The lines and cells of a plain text with their places: what the head and the foot of a document are read by."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A line break, a table cell's edge, or a gap that stands for a second column.
_EDGE = re.compile(r"\n|\||\t|[ ]{4,}")
# Small letters of Vietnamese, for character classes: a range such as "à-ỹ" holds capitals too.
LOWER = "a-zđàáảãạăắằẳẵặâấầẩẫậèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ"
_MARKS = " *_#|~=.…\u2013\u2014-"


@dataclass(frozen=True, slots=True)
class Line:
    """One line or cell, trimmed of rules and marks around it; ``blank_before`` says that an empty line precedes."""

    text: str
    start: int
    end: int
    blank_before: bool

    @property
    def is_capitals(self) -> bool:
        """Whether the line is printed in capitals, as headings and posts are."""
        letters = sum(map(str.isalpha, self.text))
        return letters > 0 and sum(map(str.isupper, self.text)) >= 0.85 * letters

    @property
    def is_upper(self) -> bool:
        """Whether not one small letter stands in the line."""
        return self.text.isupper()


def lines_of(plain: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Cuts a stretch of the text into its lines and cells, empty ones left out."""
    stop = len(plain) if end is None else end
    found: list[Line] = []
    place, blank = start, False
    while place <= stop:
        edge = _EDGE.search(plain, place, stop)
        edge_start = edge.start() if edge else stop
        raw = plain[place:edge_start]
        text = raw.strip(_MARKS)
        if text:
            first = place + raw.index(text)
            keeps_dash = raw.lstrip(" *|").startswith(("-", "–"))
            if keeps_dash:
                first = place + len(raw) - len(raw.lstrip(" *|"))
                text = raw.strip(" *|").rstrip(_MARKS)
            found.append(Line(text, first, first + len(text), blank))
            blank = False
        elif not raw.strip(" |"):
            blank = True
        if edge is None:
            break
        place = edge.end()
    return found
