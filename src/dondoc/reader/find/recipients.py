"""The paragraphs before the body of a document that order nothing: head, addressees, legal bases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dondoc.reader.find.layout import Paragraph

_ADDRESS = re.compile(r"\W*(?:Đồng\s+)?(?:Kính\s+gửi|kính\s+gửi|Kính\s+trình)\b|.{0,80}\b(?:điện|ĐIỆN)\s*:\s*$")
_HEAD = re.compile(
    r"\W*(?:Số\s*:?\s*\d|V/[vV]|Độc\s+lập|CỘNG\s+HÒA|ĐẢNG\s+CỘNG\s+SẢN|(?:Căn\s+cứ|Xét|Theo\s+đề\s+nghị)\s[^\n]*[;,]\s*$"
    r"|[^.;:]{2,60},\s+ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\W*$)"
)


def recipients(flat: str, parts: Sequence[Paragraph]) -> frozenset[int]:
    """The numbers of the paragraphs that stand before the body: letterhead, addressees and bases."""
    out: set[int] = set()
    listing = False
    for index, part in enumerate(parts):
        line = flat[part.start : part.end]
        if _HEAD.match(line):
            out.add(index)
            continue
        if not part.marked and _ADDRESS.match(line) and len(line) < 900:
            listing = True
            out.add(index)
            continue
        if listing:
            short = (len(line) < 420 and not line.rstrip().endswith(".")) or part.kind == "bullet"
            if part.kind == "bullet" or (short and not part.marked and line.rstrip().endswith((";", ","))):
                out.add(index)
                continue
            previous = flat[parts[index - 1].start : parts[index - 1].end].rstrip()
            if previous.endswith(":") and index - 1 in out and len(line) < 420 and part.kind != "number":
                out.add(index)
                continue
            listing = False
    return frozenset(out)
