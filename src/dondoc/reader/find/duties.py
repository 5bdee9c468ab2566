"""Who is told to do what: walks through a document with the orders that its headings and openings set up.

Official prose names the addressee once and lets it stand for what follows: in an opening ("… yêu cầu A, B thực
hiện các nhiệm vụ sau:"), in the heading of a section ("2. Bộ Tài chính:"), or in the sentence before. A *scope*
is what such a place hands down to the parts under it.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from dondoc.reader.find.assignments import assignment_of, trim
from dondoc.reader.find.context import ASKS_ALL, FUTURE, NORM_KIND, SAYS, addressees, is_official
from dondoc.reader.find.coordinators import find_coordinators
from dondoc.reader.find.dates import DAY, DayRead, read_day
from dondoc.reader.find.deadlines import DueRead, find_due
from dondoc.reader.find.elided import by_agent, parallel, topic
from dondoc.reader.find.frame import Frame
from dondoc.reader.find.labelled import read_labelled, share_term, term_sentence
from dondoc.reader.find.labels import read_label
from dondoc.reader.find.orders import Order, read_order
from dondoc.reader.find.parts import Part, is_closing, is_empty_deed, is_narrative, parts_of, tells_result
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.recipients import recipients
from dondoc.reader.find.scope import Scope, opening_cut, opens, read_heading, tone_of
from dondoc.reader.find.tables import read_tables
from dondoc.reader.find.triggers import ORDER_WORDS
from dondoc.reader.find.walk import Draft, Walk
from dondoc.reader.model import Assignment, Header, Petition, Span


def find_assignments(
    frame: Frame,
    header: Header,
    *,
    issued_on: date | None,
    petitions: Sequence[Petition],
) -> list[Assignment]:
    """Lists who is told to do what by when, in the order of the text."""
    text, flat, parts = frame.text, frame.flat, frame.parts
    issued_on = issued_on or _day_of_text(flat)
    walk = Walk(flat, frame.tokens, parts, issued_on, is_official(flat, parts, header))
    asked = sorted((p.span.start, p.span.end) for p in petitions)
    tables = read_tables(flat, walk.tokens, parts, issued_on)
    in_table = {index for table in tables for index in range(table.first, table.last)}
    walk.directive = walk.official and not any(opens(flat, p) for p in parts)
    addressed = recipients(flat, parts)
    walk.addressed = addressees(walk, addressed)
    walk.norms = NORM_KIND.match(header.kind or "") is not None and any(
        tone_of(flat[p.body : p.end]) == "duty" and read_heading(walk.tokens, p.body, p.end) is None
        for p in parts
        if p.marked and p.body < p.end < p.body + 160 and flat[p.end - 1] not in ".;"
    )
    if (header.kind or "") in _TELLING_KINDS:
        walk.tone = "assess"
    for index, part in enumerate(parts):
        if part.foot or index in addressed or index in in_table:
            continue
        _paragraph(walk, index)
    found = [assignment_of(text, walk, d) for d in walk.drafts if d.leads]
    found = [a for a in found if not _inside(asked, a.span) and not _asks(petitions, a)]
    for table in tables:
        for row in table.rows:
            draft = Draft(
                row.start,
                row.end,
                row.leads,
                row.coordinators,
                row.due,
                table.first,
                "table",
                False,
                row.start,
                row.product,
            )
            found.append(assignment_of(text, walk, draft))
    return sorted(found, key=lambda a: (a.span.start, a.span.end))


def _day_of_text(flat: str) -> date | None:
    """The first day that the text names with its year, the days of other documents left aside.

    It gives the year to days without one where the document itself has no date ("Sáng 05/8/2025, …").
    """
    for match in _DATED.finditer(flat, 0, 6000):
        read = DayRead(1, 1, int(match["of"])) if match["of"] else read_day(match)
        if read and read.year and not _CITED.search(flat, max(match.start() - 60, 0), match.start()):
            return date(read.year, read.month, read.day)
    return None


# A report that turns to what is to come gives work out there.
_AHEAD = re.compile(r"\b(?:thời\s+gian\s+tới|phương\s+hướng)\b", re.IGNORECASE)
_HANDED_ON = frozenset({"yêu cầu", "đề nghị"})
_GOES_ON = re.compile(r"\W*(?:Trong\s+đó|Cụ\s+thể|Theo\s+đó)\b")
# After what a leader asked for, a sentence with a day to come asks too: "Sở A tham mưu …, trình trước ngày …".
_DATED_DEED = re.compile(
    r"\b(?:trước|chậm\s+nhất|muộn\s+nhất|hoàn\s+thành\s+trong|xong\s+trong)\s+(?:là\s+)?(?:ngày\s+|tháng\s+|quý\s+)?[\dIVX]"
)
_TOLD = re.compile(r"\b(?:đã|đang|vừa|từng|cho\s+biết|cho\s+hay|dự\s+kiến)\b")
_DATED = re.compile(DAY + r"|tháng\s+(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<of>20\d{2})")
_CITED = re.compile(r"\d/\S*[A-ZĐ]{2}|\bsố\s+\d|trước|hết|đến|trong|quý|chậm\s+nhất|hiệu\s+lực")
# A report or a submission tells how things stand until a heading says that duties follow.
_TELLING_KINDS = frozenset({"báo cáo", "tờ trình"})


def _asks(petitions: Sequence[Petition], found: Assignment) -> bool:
    """Whether what looks like an order only leads up to a petition: "Các huyện kiến nghị Ủy ban nhân dân tỉnh: …"."""
    leads = "; ".join(lead.text for lead in found.leads)
    return any(p.by == leads and found.span.start < p.span.start < found.span.end for p in petitions)


def _inside(runs: Sequence[tuple[int, int]], span: Span) -> bool:
    """Whether a place begins inside one of some sorted runs: what is asked of those above is no order."""
    at = bisect_right(runs, (span.start, sys.maxsize))
    return at > 0 and span.start < runs[at - 1][1]


def _paragraph(walk: Walk, index: int) -> None:
    part = walk.parts[index]
    flat = walk.flat
    if part.body >= part.end:
        return
    if index == 0 and not walk.official and flat[part.end - 1] not in ".:;":
        return
    label = read_label(flat, part.body, part.end)
    if label and read_labelled(walk, index, label, lambda sentence: _sentence(walk, index, sentence, None, False)):
        return
    children = _children(walk, index)
    if _set_heading(walk, index, children):
        return
    carry = walk.said if walk.spoken and not walk.official else None
    first_draft = len(walk.drafts)
    said = not walk.official and SAYS.search(flat, part.body, part.end) is not None
    walk.spoken = walk.spoken or said
    for sentence in parts_of(flat, walk.tokens, part.body, part.end):
        carry = _sentence(walk, index, sentence, carry, children)
    if part.marked and carry and len(walk.drafts) > first_draft and children and index not in walk.scopes:
        # Points under a point inherit whom it addresses.
        walk.scopes[index] = Scope(carry.leads, [])
    walk.spoken = walk.spoken and len(walk.drafts) > first_draft
    walk.said = carry if walk.spoken else None
    if opens(flat, part):
        if walk.document is None and walk.addressed and ASKS_ALL.search(flat, part.body, part.end):
            walk.document = Scope(walk.addressed, [])
        walk.directive = walk.directive or walk.official
        walk.spoken = walk.spoken or not walk.official
    share_term(walk, first_draft)


def _children(walk: Walk, index: int) -> bool:
    """Whether parts that order something follow under a paragraph that ends with a colon."""
    following = index + 1
    if following >= len(walk.parts) or walk.parts[following].foot:
        return False
    return walk.parts[following].parent == index or not walk.parts[index].marked


def _child_orders(walk: Walk, index: int) -> bool:
    """Whether the first part under a paragraph orders something by itself."""
    child = walk.parts[index + 1]
    low = walk.tokens
    first, end = low.index(child.body), low.index(child.end)
    if first >= end:
        return False
    if read_label(walk.flat, child.body, child.end):
        return True
    if walk.flat[child.body : child.end].rstrip().endswith(":") or read_heading(low, child.body, child.end):
        return True
    if child.marked and walk.flat[child.end - 1] not in ".;,/" and child.kind in ("roman", "number", "dotted"):
        return True
    return read_order(low, first, end, strict=False, elided=True) is not None


def _set_heading(walk: Walk, index: int, children: bool) -> bool:
    """Takes a heading or opening line for what it hands down; False where the paragraph is to be read itself."""
    part = walk.parts[index]
    flat = walk.flat
    line = flat[part.body : part.end].rstrip()
    over = part.marked and children and walk.parts[index + 1].parent == index and part.end - part.body < 140
    bare = not (over and _child_orders(walk, index))
    closed = line.endswith((".", ";", "!", "?"))
    long = closed and len(line) > 200
    heading = None if long else read_heading(walk.tokens, part.body, part.end, bare=bare)
    if not part.marked and " ".join(line.split()[:3]).isupper():
        heading = None
    if line.endswith(":") and re.match(r"Về\s", line) and children and heading is None and line.count(":") == 1:
        return True
    if heading is not None and (children or not closed):
        if not children and not line.endswith(":"):
            return False
        target = index if part.marked else part.parent
        if target >= 0:
            walk.scopes[target] = heading
            walk.headed.add(target)
        else:
            walk.document = heading
        walk.directive = walk.directive or walk.official
        return True
    tone = tone_of(line) if not closed else ""
    if tone and (children or not part.marked) and len(line) < 200 and not line.endswith(":"):
        walk.directive = walk.directive or (walk.official and _AHEAD.search(line) is not None)
        if part.marked:
            walk.tones[index] = tone
        elif line.isupper():
            walk.tone = tone
    if part.marked and children and not closed and not line.endswith(":"):
        return walk.parts[index + 1].parent == index
    return False


def _sentence(walk: Walk, index: int, sentence: list[Part], carry: Scope | None, children: bool) -> Scope | None:
    """Reads the parts of one sentence; gives what the sentence hands to the next."""
    tone = walk.tone_of(index)
    preface_due: DueRead | None = None
    start, end = sentence[0].start, sentence[-1].end
    dated = _DATED_DEED.search(walk.flat, start, end) and not _TOLD.search(walk.flat, start, end)
    ordered = walk.spoken and carry is not None and bool(dated or _GOES_ON.match(walk.flat, start))
    first = len(walk.drafts)
    for number, piece in enumerate(sentence):
        if is_closing(walk.flat, piece.start, piece.end):
            continue
        if piece.term:
            term_sentence(walk, index, piece)
            continue
        last = number == len(sentence) - 1
        carry = carry or _of_letter(walk, index, piece)
        if tone == "assess" and walk.directive and FUTURE.match(walk.flat, piece.start, piece.end):
            tone = "duty"
            walk.tones[max(walk.parts[index].parent, 0) if not walk.parts[index].marked else index] = tone
        order = _order_in(walk, index, piece, number, carry, tone=tone, ordered=ordered)
        ordered = ordered or (order is not None and bool(order.names) and order.rule in ORDER_WORDS)
        if order is None:
            if number and len(walk.drafts) > first and carry is not None and piece.tail:
                _lengthen(walk, index, piece)
            continue
        if is_empty_deed(walk.flat, walk.tokens, order.deed, piece) or tells_result(
            walk.flat, piece.start, piece.end, walk.on
        ):
            carry = Scope.of(walk.tokens, order, []) if order.names else carry
            continue
        if order.names and order.deed >= piece.last:
            carry = Scope.of(walk.tokens, order, [])
            _hand_down(walk, index, carry, children)
            walk.headed.update({index} if order.rule == "subject" else ())
            continue
        carry, preface_due = _order(walk, index, piece, order, carry, children and last, preface_due)
    return carry


def _order_in(
    walk: Walk, index: int, piece: Part, number: int, carry: Scope | None, *, tone: str, ordered: bool
) -> Order | None:
    """Finds the order of one part of a sentence: in its own words, or by whom the part before or the heading names."""
    narrative = is_narrative(walk.flat, piece.start, piece.end)
    # After "… yêu cầu A làm X;" the further parts "B làm Y;" order without a word of their own.
    strict = (not walk.directive and not ordered) or tone == "assess" or narrative
    inherited = carry or walk.scope_of(index)
    elided = inherited is not None and not narrative and (carry is not None or (walk.directive and tone != "assess"))
    order = read_order(
        walk.tokens,
        piece.first,
        piece.last,
        strict=strict,
        elided=elided,
        manner=walk.spoken and tone != "assess",
    )
    if order and not walk.official and not order.names and order.rule != "verb":
        order = None
    if order and _is_for_heading(walk, index, piece, order):
        order = Order((), piece.first, piece.first, "verb")
    if order is None and elided and walk.official:
        order = parallel(walk, index, piece, number) or topic(walk, piece)
    if order is None and walk.official and walk.directive and tone != "assess" and not narrative:
        order = by_agent(walk, piece)
    return order


def _is_for_heading(walk: Walk, index: int, piece: Part, order: Order) -> bool:
    """Whether an order is for the heading: in "2. Bộ trưởng Bộ A: - Yêu cầu các đơn vị …" A is to require it."""
    opens_part = piece.start == walk.parts[index].body
    return order.rule in _HANDED_ON and not order.prefaced and opens_part and walk.under_name(index)


def _lengthen(walk: Walk, index: int, piece: Part) -> None:
    """Lets the last order of a paragraph go on to the end of a part that says more of it."""
    draft = walk.drafts[-1]
    if draft.paragraph == index:
        draft.end = max(draft.end, piece.end)


def _of_letter(walk: Walk, index: int, piece: Part) -> Scope | None:
    """ "Trong báo cáo, đề nghị nêu rõ …" in a letter is asked of those whom the letter addresses."""
    if not walk.official or walk.scope_of(index) is not None or not walk.addressed:
        return None
    match = _BARE_ASK.search(walk.flat, piece.start, piece.end)
    if match is None or predicate(walk.tokens, walk.tokens.index(match.end()), piece.last) is None:
        return None
    polite = next((d.leads for d in reversed(walk.drafts) if d.leads[0][0].lower().startswith("quý ")), None)
    return Scope(polite or walk.addressed, [])


_BARE_ASK = re.compile(r"(?:(?<=[,:.] )|(?<=\n))(?:đề|Đề)\s+nghị\s+(?=[a-zđ])")


def _hand_down(walk: Walk, index: int, scope: Scope, children: bool) -> None:
    part = walk.parts[index]
    if part.marked:
        walk.scopes[index] = scope
    elif part.parent >= 0 and children:
        walk.scopes[part.parent] = scope
    else:
        walk.document = scope
    if children:
        # "… yêu cầu các sở:" under "1. Về tình hình …": what follows is told to them, whatever the heading says.
        walk.tones[part.parent if not part.marked and part.parent >= 0 else index] = "duty"
    walk.directive = walk.directive or walk.official


def _order(
    walk: Walk,
    index: int,
    piece: Part,
    order: Order,
    carry: Scope | None,
    opening: bool,
    preface: DueRead | None,
) -> tuple[Scope | None, DueRead | None]:
    """Turns an order into a draft, or into a scope where it only opens what follows."""
    tokens, flat = walk.tokens, walk.flat
    inherited = carry or walk.scope_of(index)
    scope = Scope.of(tokens, order, []) if order.names else inherited
    if scope is None:
        return carry, preface
    end = piece.end
    coordinators = find_coordinators(tokens, order.deed, piece.last)
    if opening and flat[piece.start : piece.end].rstrip().endswith(":"):
        cut = opening_cut(flat, piece.start, piece.end)
        explicit = Scope(scope.leads, coordinators) if order.names else scope
        orders_below = _child_orders(walk, index)
        if orders_below:
            _hand_down(walk, index, explicit, True)
            walk.headed.update({index} if order.rule == "subject" else ())
            if cut is None or tokens.index(cut) - order.deed < 6:
                return explicit, preface
            end = cut
    start = tokens.start[order.first]
    if start and flat[start - 1] in '“"' and (close := max(flat.find("”", start, end), flat.find('"', start, end))) > 0:
        end = close  # what is said, without who said it
    handed = list(scope.coordinators) if not order.names else []
    end = trim(flat, start, end)
    due = find_due(flat, start, end, walk.on)
    if due is None and _DATED_PREFACE.match(flat, tokens.start[piece.first], start):
        due = find_due(flat, tokens.start[piece.first], start, walk.on)
    draft = Draft(
        start,
        end,
        scope.leads,
        coordinators or handed,
        due,
        index,
        order.rule,
        not order.names,
        tokens.start[order.deed],
    )
    walk.drafts.append(draft)
    walk.directive = walk.directive or walk.official
    return Scope(scope.leads, [] if order.names else scope.coordinators), due


_DATED_PREFACE = re.compile(
    r"\W*(?:ngay\s+)?(?:sau\s+khi|sau\s+đó|khi|trước|trong\s+(?:tháng|quý|năm|vòng|thời\s+hạn)|hàng|hằng|định\s+kỳ|chậm\s+nhất|đến|kể\s+từ|quý|tháng)\b",
    re.IGNORECASE,
)
