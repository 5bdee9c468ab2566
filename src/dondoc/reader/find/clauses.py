"""The numbered parts of a document, each under an address that stays the same when the text is read again."""

from __future__ import annotations

from dondoc.reader.find.frame import Frame
from dondoc.reader.find.layout import Paragraph
from dondoc.reader.find.signature import opens_signature
from dondoc.reader.model import Clause


def find_clauses(frame: Frame) -> list[Clause]:
    """Lists the numbered parts of a document in the order of the text.

    A part runs to the next number of its own level or above; bullets have no address.
    """
    text, flat, parts = frame.text, frame.flat, frame.parts
    out: list[Clause] = []
    seen: dict[str, int] = {}
    ends = _ends(parts[: _before_post(flat, parts)])
    for i, part in enumerate(parts[: len(ends)]):
        if not part.label or part.foot:
            continue
        address = address_of(part)
        seen[address] = seen.get(address, 0) + 1
        if seen[address] > 1:
            address = f"{address}#{seen[address]}"
        end = ends[i]
        heading = " ".join(flat[part.body : part.end].split())
        out.append(Clause(address, text.span(part.start, end), heading[:200].rstrip(), max(len(part.path) - 1, 0)))
    return out


def _before_post(flat: str, parts: list[Paragraph]) -> int:
    """How many paragraphs stand before a post in capitals that ends the document with no name under it."""
    count = len(parts)
    while count and not parts[count - 1].marked:
        words = flat[parts[count - 1].start : parts[count - 1].end].strip()
        if not (words.isupper() and opens_signature(words)):
            break
        count -= 1
    return count


def _ends(parts: list[Paragraph]) -> list[int]:
    """Where the numbered part that begins with each paragraph ends; one walk, whatever the nesting."""
    ends = [part.end for part in parts]
    open_parts: list[int] = []
    for i, part in enumerate(parts):
        if part.foot:
            open_parts.clear()
            continue
        if part.label:
            while open_parts and len(parts[open_parts[-1]].path) >= len(part.path):
                open_parts.pop()
            open_parts.append(i)
        for k in open_parts:
            ends[k] = part.end
    return ends


def address_of(part: Paragraph) -> str:
    """The address of the numbered part in which a paragraph stands: "3", "3.a", "II.2"."""
    pieces: list[str] = []
    for label in part.path:
        if pieces and label.startswith(pieces[-1] + "."):
            pieces[-1] = label
        else:
            pieces.append(label)
    return ".".join(pieces)
