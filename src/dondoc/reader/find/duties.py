"""Who is told to do what: walks through a document with the orders that its headings and openings set up.

Official prose names the addressee once and lets it stand for what follows: in an opening ("… yêu cầu A, B thực
hiện các nhiệm vụ sau:"), in the heading of a section ("2. Bộ Tài chính:"), or in the sentence before. A *scope*
is what such a place hands down to the parts under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dondoc.reader.clean import Clean
from dondoc.reader.find.agencies import read_names
from dondoc.reader.find.clauses import address_of
from dondoc.reader.find.coordinators import find_coordinators
from dondoc.reader.find.deadlines import DueRead, find_due, read_term
from dondoc.reader.find.frame import Frame
from dondoc.reader.find.labels import Label, read_label
from dondoc.reader.find.layout import Paragraph
from dondoc.reader.find.orders import Order, by_verb, read_order, skip_connectives
from dondoc.reader.find.parts import Part, is_closing, is_narrative, parts_of
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.recipients import recipients
from dondoc.reader.find.scope import Scope, opening_cut, opens, read_heading, tone_of
from dondoc.reader.find.stages import kind_of, stages_of
from dondoc.reader.find.tables import read_tables
from dondoc.reader.find.tokens import Tokens
from dondoc.reader.model import Assignment, Due, Header, Mention, Petition, Span

_CONFIDENCE = {
    "yêu cầu": 0.95,
    "giao": 0.97,
    "đề nghị": 0.93,
    "phân công": 0.93,
    "subject": 0.9,
    "preface": 0.88,
    "verb": 0.85,
    "preface-verb": 0.75,
    "topic": 0.6, "parallel": 0.6,
    "label": 0.93,
    "table": 0.9,
}


@dataclass(slots=True)
class Draft:
    """An assignment under way; places count in the plain text."""

    start: int
    end: int
    leads: list[tuple[str, int, int]]
    coordinators: list[tuple[str, int, int]]
    due: DueRead | None
    paragraph: int
    rule: str
    inherited: bool
    deed: int


@dataclass(slots=True)
class Walk:
    """What is known at one point of the walk through the document."""

    flat: str
    tokens: Tokens
    parts: list[Paragraph]
    on: date | None
    official: bool
    document: Scope | None = None
    scopes: dict[int, Scope] = field(default_factory=dict)
    tones: dict[int, str] = field(default_factory=dict)
    tone: str = ""
    directive: bool = False
    spoken: bool = False
    said: Scope | None = None
    addressed: list[tuple[str, int, int]] = field(default_factory=list)
    norms: bool = False
    drafts: list[Draft] = field(default_factory=list)

    def parent_of(self, index: int) -> int:
        """The paragraph that opens the numbered part in which a paragraph stands, or -1."""
        return self.parts[index].parent

    def scope_of(self, index: int) -> Scope | None:
        """What the headings above a paragraph hand down to it."""
        at = index
        while at >= 0:
            if at in self.scopes and at != index:
                return self.scopes[at]
            at = self.parent_of(at)
        return self.document

    def tone_of(self, index: int) -> str:
        """ "assess" where the headings above tell how things stand, "duty" where they tell what to do."""
        at = index
        while at >= 0:
            if at in self.tones:
                return self.tones[at]
            at = self.parent_of(at)
        return self.tone or ("assess" if self.norms else "")


def find_assignments(
    frame: Frame,
    header: Header,
    *,
    issued_on: date | None,
    petitions: Sequence[Petition],
) -> list[Assignment]:
    """Lists who is told to do what by when, in the order of the text."""
    text, flat, parts = frame.text, frame.flat, frame.parts
    walk = Walk(flat, frame.tokens, parts, issued_on, _official(flat, parts, header))
    asked = [(p.span.start, p.span.end) for p in petitions]
    tables = read_tables(flat, walk.tokens, parts, issued_on)
    in_table = [(t.first, t.last) for t in tables]
    walk.directive = walk.official and not any(opens(flat, p) for p in parts)
    addressed = recipients(flat, parts)
    walk.addressed = _addressees(walk, addressed)
    walk.norms = _NORM_KIND.match(header.kind or "") is not None and any(
        tone_of(flat[p.body : p.end]) == "duty" for p in parts if p.marked and p.end - p.body < 160
    )
    for index, part in enumerate(parts):
        if part.foot or index in addressed or any(first <= index < last for first, last in in_table):
            continue
        place = text.span(part.body, part.end)
        if any(start <= place.start < end for start, end in asked):
            continue
        _paragraph(walk, index, text, asked)
    found = [_assignment(text, walk, d) for d in walk.drafts if d.leads]
    for table in tables:
        for row in table.rows:
            draft = Draft(
                row.start, row.end, row.leads, row.coordinators, row.due, table.first, "table", False, row.start
            )
            found.append(_assignment(text, walk, draft))
    return sorted(found, key=lambda a: (a.span.start, a.span.end))


# Decisions and rules say who does what by rule; they give work out under "Tổ chức thực hiện" and the like.
_NORM_KIND = re.compile(r"(?:quyết định|nghị định|thông tư|quy chế|quy định|luật|pháp lệnh|điều lệ)", re.IGNORECASE)


def _addressees(walk: Walk, head: frozenset[int]) -> list[tuple[str, int, int]]:
    """The names after "Kính gửi" or "điện:", as the document writes them."""
    out: list[tuple[str, int, int]] = []
    for index in sorted(head):
        part = walk.parts[index]
        start = part.body
        if part.kind != "bullet":
            address = re.search(r"(?:Kính\s+gửi|điện)\s*:", walk.flat[part.start : part.end])
            if address is None:
                continue
            start = part.start + address.end()
        first, end = walk.tokens.index(start), walk.tokens.index(part.end)
        while first < end and walk.tokens.low[first] in ("-", "+", "*"):
            first += 1
        names, _ = read_names(walk.tokens, first, end)
        out += [(n.text, walk.tokens.start[n.first], walk.tokens.end[n.last - 1]) for n in names]
    return out


def _official(flat: str, parts: list[Paragraph], header: Header) -> bool:
    """Whether the text is a document that orders, and not a press text about one."""
    if any(opens(flat, p) and _ORDERING.search(flat, p.body, p.end) for p in parts):
        return True
    if header.kind == "tin":
        return False
    if header.number or any(p.foot for p in parts):
        return True
    return bool(_KIND_LINE.search(flat[:1500]))


# A press text that prints an order or a conclusion whole is read like the document itself.
_ORDERING = re.compile(
    r"kết\s+luận|chỉ\s+đạo|yêu\s+cầu|giao\b|đề\s+nghị|phân\s+công|chỉ\s+thị|nhiệm\s+vụ|giải\s+pháp|điện\s*:\s*$",
    re.IGNORECASE,
)
_KIND_LINE = re.compile(
    r"(?:^|\n)\W*(?:CHỈ THỊ|Chỉ thị|CÔNG ĐIỆN|Công điện|QUYẾT ĐỊNH|Quyết định (?:về|phê)|NGHỊ QUYẾT|THÔNG BÁO|KẾT LUẬN|KẾ HOẠCH|"
    r"Kế hoạch|CHƯƠNG TRÌNH|Kính gửi|PHỤ LỤC|Phụ lục|CÔNG VĂN|Công văn)\b"
)


def _paragraph(walk: Walk, index: int, text: Clean, asked: list[tuple[int, int]]) -> None:
    part = walk.parts[index]
    flat = walk.flat
    if part.body >= part.end:
        return
    if index == 0 and not walk.official and flat[part.end - 1] not in ".:;":
        return
    label = read_label(flat, part.body, part.end)
    if label and _labelled(walk, index, label):
        return
    children = _children(walk, index)
    if _set_heading(walk, index, children):
        return
    carry = walk.said if walk.spoken and not walk.official else None
    first_draft = len(walk.drafts)
    said = not walk.official and _SAYS.search(flat, part.body, part.end) is not None
    walk.spoken = walk.spoken or said
    for sentence in parts_of(flat, walk.tokens, part.body, part.end):
        carry = _sentence(walk, index, sentence, carry, children)
    if part.marked and carry and len(walk.drafts) > first_draft and children and index not in walk.scopes:
        # Points under a point inherit whom it addresses.
        walk.scopes[index] = Scope(carry.leads, [])
    walk.spoken = walk.spoken and len(walk.drafts) > first_draft
    walk.said = carry if walk.spoken else None
    if opens(flat, part):
        if walk.document is None and walk.addressed and _ASKS_ALL.search(flat, part.body, part.end):
            walk.document = Scope(walk.addressed, [])
        walk.directive = walk.directive or walk.official
        walk.spoken = walk.spoken or not walk.official
    _share_term(walk, first_draft)


# "… yêu cầu:" without a name addresses those to whom the document goes.
_ASKS_ALL = re.compile(r"(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|chỉ\s+thị)\b[^:]{0,120}:\s*$", re.IGNORECASE)
# A press text hands on what a leader says.
_SAYS = re.compile(
    r"(?:đồng\s+chí|\bông|\bbà|Bí\s+thư|Chủ\s+tịch|Thủ\s+tướng|Bộ\s+trưởng|Giám\s+đốc|lãnh\s+đạo)\b[^.;\n]{0,90}?"
    r"\b(?:nhấn\s+mạnh|khẳng\s+định|lưu\s+ý|kết\s+luận|chỉ\s+đạo|yêu\s+cầu|đề\s+nghị|quán\s+triệt|giao)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\W*(?:Trong\s+)?(?:thời\s+gian\s+(?:tiếp\s+theo|tới)|(?:các|những)\s+tháng\s+(?:cuối|còn)|giai\s+đoạn\s+tới|năm\s+tới)",
    re.IGNORECASE,
)


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
    heading = read_heading(walk.tokens, part.body, part.end, bare=bare)
    closed = line.endswith((".", ";", "!", "?"))
    if not part.marked and line.isupper():
        heading = None
    if line.endswith(":") and re.match(r"Về\s", line) and children and heading is None and line.count(":") == 1:
        return True
    if heading is not None and (children or not closed) and not (closed and len(line) > 200):
        if not children and not line.endswith(":"):
            return False
        target = index if part.marked else part.parent
        if target >= 0:
            walk.scopes[target] = heading
        else:
            walk.document = heading
        walk.directive = walk.directive or walk.official
        return True
    tone = tone_of(line) if not closed else ""
    if tone and (children or not part.marked) and len(line) < 200 and not line.endswith(":"):
        if part.marked:
            walk.tones[index] = tone
        elif line.isupper():
            walk.tone = tone
    if part.marked and children and not closed and not line.endswith(":"):
        return walk.parts[index + 1].parent == index
    return False


def _labelled(walk: Walk, index: int, label: Label) -> bool:
    """Reads a line such as "Cơ quan chủ trì: …"; False where it holds an order of its own."""
    if label.kind == "term":
        due = read_term(walk.flat, label.start, label.end, walk.on)
        if due:
            _give_term(walk, index, due, label.end)
        return True
    if label.kind in ("lead", "coordinator"):
        if label.kind == "lead":
            first, end = walk.tokens.index(label.start), walk.tokens.index(label.end)
            order = read_order(walk.tokens, first, end, strict=False, elided=False)
            if order and order.deed < end and predicate(walk.tokens, order.deed, end):
                for sentence in parts_of(walk.flat, walk.tokens, label.start, label.end):
                    _sentence(walk, index, sentence, None, False)
                return True
        return _label_names(walk, index, label)
    return label.kind == "content"


def _item_root(walk: Walk, index: int) -> int:
    """The paragraph that opens the numbered part (not the bullet) around a paragraph, or -1."""
    at = index if walk.parts[index].label else walk.parent_of(index)
    while at >= 0 and not walk.parts[at].label:
        at = walk.parent_of(at)
    return at


def _label_names(walk: Walk, index: int, label: Label) -> bool:
    names = [(n, a, b) for n, a, b in label.names(walk.tokens)]
    if not names:
        return True
    root = _item_root(walk, index)
    draft = next((d for d in walk.drafts if d.rule == "label" and root >= 0 and d.paragraph == root), None)
    if draft is None:
        start = _content_start(walk, root if root >= 0 else index, index)
        draft = Draft(start, label.end, [], [], None, root if root >= 0 else index, "label", False, start)
        walk.drafts.append(draft)
    draft.end = max(draft.end, label.end)
    (draft.leads if label.kind == "lead" else draft.coordinators).extend(names)
    return True


def _content_start(walk: Walk, root: int, index: int) -> int:
    """Where the task of a group of labelled lines begins: its "Nội dung" line, else its heading."""
    for i in range(root, index):
        label = read_label(walk.flat, walk.parts[i].body, walk.parts[i].end)
        if label and label.kind == "content":
            return label.start
    return walk.parts[root].body


def _give_term(walk: Walk, index: int, due: DueRead, end: int) -> None:
    """A line "Thời gian hoàn thành: …" gives its day to all assignments of the item it closes."""
    root = _item_root(walk, index)
    last: Draft | None = None
    for draft in walk.drafts:
        if root >= 0 and (
            draft.paragraph == root or _item_root(walk, draft.paragraph) == root or _under(walk, draft.paragraph, root)
        ):
            draft.due = draft.due or due
            last = draft
    if last is None and root < 0 and walk.drafts and walk.drafts[-1].paragraph >= index - 1:
        last = walk.drafts[-1]
        last.due = last.due or due
    if last is not None and last.paragraph <= index:
        last.end = max(last.end, end) if end - last.end < 400 or last.rule == "label" else last.end


def _under(walk: Walk, index: int, root: int) -> bool:
    at = index
    while at >= 0:
        if at == root:
            return True
        at = walk.parent_of(at)
    return False


def _share_term(walk: Walk, first: int) -> None:
    """A closing sentence "Thời gian hoàn thành …" of a paragraph dates the assignment before it."""
    drafts = walk.drafts[first:]
    if drafts and drafts[-1].due and drafts[-1].due.rule == "term":
        for draft in drafts:
            draft.due = draft.due or drafts[-1].due


def _sentence(walk: Walk, index: int, sentence: list[Part], carry: Scope | None, children: bool) -> Scope | None:
    """Reads the parts of one sentence; gives what the sentence hands to the next."""
    tone = walk.tone_of(index)
    preface_due: DueRead | None = None
    for number, piece in enumerate(sentence):
        if is_closing(walk.flat, piece.start, piece.end):
            continue
        if piece.term:
            _term_sentence(walk, index, piece)
            continue
        last = number == len(sentence) - 1
        inherited = carry or walk.scope_of(index)
        narrative = is_narrative(walk.flat, piece.start, piece.end)
        if tone == "assess" and walk.directive and _FUTURE.match(walk.flat, piece.start, piece.end):
            tone = "duty"
            walk.tones[max(walk.parts[index].parent, 0) if not walk.parts[index].marked else index] = tone
        strict = not walk.directive or tone == "assess" or narrative
        elided = (
            inherited is not None and not narrative and (carry is not None or (walk.directive and tone != "assess"))
        )
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
        if order is None and elided and walk.official:
            order = _parallel(walk, index, piece, number) or _topic(walk, piece)
        if order is None:
            if number and walk.drafts and walk.drafts[-1].paragraph == index and carry is not None and piece.tail:
                walk.drafts[-1].end = max(walk.drafts[-1].end, piece.end)
            continue
        if order.names and order.deed >= piece.last:
            carry = Scope.of(walk.tokens, order, [])
            _hand_down(walk, index, carry, children)
            continue
        carry, preface_due = _order(walk, index, piece, order, carry, children and last, preface_due)
    return carry


def _hand_down(walk: Walk, index: int, scope: Scope, children: bool) -> None:
    part = walk.parts[index]
    if part.marked:
        walk.scopes[index] = scope
    elif part.parent >= 0 and children:
        walk.scopes[part.parent] = scope
    else:
        walk.document = scope
    walk.directive = walk.directive or walk.official


_NOMINAL = frozenset(
    "các những mọi việc công số tổng tỷ nội dự đề kế luật nghị quyết thông chỉ văn báo danh phụ mẫu biểu kinh nguồn vốn "
    "mức thời địa đối về theo người hộ tài cơ đơn tên họ ngày tháng năm quý từ đến trong ngoài tại do vì khi nếu để nhằm "
    "là có một hai ba bốn phương hệ chương mục điều khoản điểm bảng hình chính hạ môi giá thuế chi vật nhân hàng nhà đất "
    "xe tàu cầu đường trường bệnh riêng trên dưới sau trước qua bên nơi như và hoặc của cho với bằng bị được đã đang sẽ "
    "chưa không thứ lĩnh kết mục tình quy tiêu tiến trách quyền lực vùng khu dân nông thủy lâm".split()  # noqa: SIM905
)


def _parallel(walk: Walk, index: int, piece: Part, number: int) -> Order | None:
    """Points of one list are parallel: beside points that begin with a known verb, an unknown opening word is one too."""
    part = walk.parts[index]
    if number or part.kind not in ("bullet", "letter", "paren", "dotted") or piece.start != part.body:
        return None
    start = piece.first
    if piece.last - start < 4 or walk.tokens.low[start] in _NOMINAL or not walk.tokens.low[start].isalpha():
        return None
    for other in (index - 1, index + 1):
        if 0 <= other < len(walk.parts):
            sibling = walk.parts[other]
            first = walk.tokens.index(sibling.body)
            if sibling.kind == part.kind and sibling.parent == part.parent and by_verb(
                walk.tokens, first, walk.tokens.index(sibling.end)
            ):
                return Order((), start, start, "parallel")
    return None


def _topic(walk: Walk, piece: Part) -> Order | None:
    """ "việc sửa chữa phải hoàn thành …": what must become so, the addressee left out."""
    tokens = walk.tokens
    start = skip_connectives(tokens, piece.first, piece.last)
    for k in range(start + 1, min(piece.last, start + 70)):
        if (
            tokens.low[k : k + 2] == ["hoàn", "thành"]
            and tokens.low[k - 1] == ","
            and predicate(tokens, start, piece.last) is None
        ):
            return Order((), start, start, "topic", True)
        if tokens.low[k] in ("phải", "cần") and tokens.low[k - 1] not in ("không", "chưa", "nhu", "thì", "đều", "ở"):
            return Order((), start, start, "topic", True)
    return None


def _term_sentence(walk: Walk, index: int, piece: Part) -> None:
    due = read_term(walk.flat, piece.start, piece.end, walk.on)
    if due and walk.drafts and walk.drafts[-1].paragraph == index:
        walk.drafts[-1].due = walk.drafts[-1].due or due
        walk.drafts[-1].end = max(walk.drafts[-1].end, piece.end)
    elif due:
        _give_term(walk, index, due, piece.end)


def _order(
    walk: Walk, index: int, piece: Part, order: Order, carry: Scope | None, opening: bool, preface: DueRead | None
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
            if cut is None or tokens.index(cut) - order.deed < 6:
                return explicit, preface
            end = cut
    handed = list(scope.coordinators) if not order.names else []
    start = tokens.start[order.first]
    end = _trim(flat, start, end)
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


_ASIDE = re.compile(r"\W*\*?\([^()]*\bđã\b[^()]*(?:\([^()]*\)[^()]*)*\)\W*$")


def _trim(flat: str, start: int, end: int) -> int:
    aside = _ASIDE.search(flat, start, end) if flat[:end].rstrip(" .;,/*").endswith(")") else None
    if aside and aside.start() - start > 20:
        end = aside.start()
    return start + len(flat[start:end].rstrip(" .;,:…/\n\t*|-–"))


def _assignment(text: Clean, walk: Walk, draft: Draft) -> Assignment:
    flat = walk.flat
    part = walk.parts[draft.paragraph]
    end = _trim(flat, draft.start, draft.end)
    deed = flat[max(draft.deed, draft.start) : end]
    due = None
    if draft.due:
        place = text.span(draft.due.start, draft.due.end)
        due = Due(
            draft.due.kind,
            place,
            draft.due.on,
            draft.due.every,
            draft.due.needs_year,
            draft.due.day,
            draft.due.month,
            draft.due.rule,
        )
    rule = f"{draft.rule}:inherited" if draft.inherited and draft.rule not in ("topic", "label") else draft.rule
    return Assignment(
        span=text.span(draft.start, end),
        leads=_mentions(text, draft.leads),
        coordinators=_mentions(text, draft.coordinators),
        due=due,
        clause=address_of(part) or None,
        kind=kind_of(deed, due is not None),
        rule=rule,
        confidence=round(_CONFIDENCE.get(draft.rule, 0.85) - (0.05 if draft.inherited else 0), 2),
        inherited=draft.inherited,
        stages=stages_of(deed),
    )


def _mentions(text: Clean, names: list[tuple[str, int, int]]) -> tuple[Mention, ...]:
    seen: set[str] = set()
    out = []
    for name, start, end in names:
        if name.lower() not in seen:
            seen.add(name.lower())
            out.append(Mention(name, text.span(start, end)))
    return tuple(out)


__all__ = ["Draft", "Span", "find_assignments"]
