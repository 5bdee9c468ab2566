"""The numbered parts of a document, each under an address that stays the same when the text is read again."""

from __future__ import annotations

from dondoc.reader.find.frame import Frame
from dondoc.reader.find.layout import Paragraph
from dondoc.reader.model import Clause


def find_clauses(frame: Frame) -> list[Clause]:
    """Lists the numbered parts of a document in the order of the text.

    A part runs to the next number of its own level or above; bullets have no address.
    """
    text, flat, parts = frame.text, frame.flat, frame.parts
    out: list[Clause] = []
    seen: dict[str, int] = {}
    for i, part in enumerate(parts):
        if not part.label or part.foot:
            continue
        address = address_of(part)
        seen[address] = seen.get(address, 0) + 1
        if seen[address] > 1:
            address = f"{address}#{seen[address]}"
        end = part.end
        for later in parts[i + 1 :]:
            if later.foot or (later.label and len(later.path) <= len(part.path)):
                break
            end = later.end
        heading = " ".join(flat[part.body : part.end].split())
        out.append(Clause(address, text.span(part.start, end), heading[:200].rstrip(), max(len(part.path) - 1, 0)))
    return out


def address_of(part: Paragraph) -> str:
    """The address of the numbered part in which a paragraph stands: "3", "3.a", "II.2"."""
    pieces: list[str] = []
    for label in part.path:
        if pieces and label.startswith(pieces[-1] + "."):
            pieces[-1] = label
        else:
            pieces.append(label)
    return ".".join(pieces)
