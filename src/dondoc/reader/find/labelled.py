"""Tasks told by labelled lines ("Cơ quan chủ trì: …"), and days given in lines or sentences of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dondoc.reader.find.deadlines import DueRead, read_term
from dondoc.reader.find.labels import Label, read_label
from dondoc.reader.find.orders import read_order
from dondoc.reader.find.parts import Part, parts_of
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.walk import Draft, Walk


def read_labelled(walk: Walk, index: int, label: Label, read: Callable[[list[Part]], object]) -> bool:
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
                    read(sentence)
                return True
        return _label_names(walk, index, label)
    if label.kind == "product":
        if walk.drafts and _item_root(walk, walk.drafts[-1].paragraph) == _item_root(walk, index):
            walk.drafts[-1].product = (label.start, label.end)
        return label.end > label.start
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
    draft = next((d for d in _recent(walk, root) if d.rule == "label" and d.paragraph == root), None)
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
    for draft in _recent(walk, root):
        if draft.paragraph == root or _item_root(walk, draft.paragraph) == root or _under(walk, draft.paragraph, root):
            draft.due = draft.due or due
            last = last or draft
    if last is None and root < 0 and walk.drafts and walk.drafts[-1].paragraph >= index - 1:
        last = walk.drafts[-1]
        last.due = last.due or due
    if last is not None and last.paragraph <= index:
        last.end = max(last.end, end) if end - last.end < 400 or last.rule == "label" else last.end


def _recent(walk: Walk, root: int) -> Iterator[Draft]:
    """The assignments of the numbered part that opens at paragraph ``root``, the latest first."""
    for draft in reversed(walk.drafts) if root >= 0 else ():
        if draft.paragraph < root:
            return
        yield draft


def _under(walk: Walk, index: int, root: int) -> bool:
    at = index
    while at >= 0:
        if at == root:
            return True
        at = walk.parent_of(at)
    return False


def share_term(walk: Walk, first: int) -> None:
    """A closing sentence "Thời gian hoàn thành …" of a paragraph dates the assignment before it."""
    drafts = walk.drafts[first:]
    if drafts and drafts[-1].due and drafts[-1].due.rule == "term":
        for draft in drafts:
            draft.due = draft.due or drafts[-1].due


def term_sentence(walk: Walk, index: int, piece: Part) -> None:
    """Give the due day of a sentence that says nothing else to the orders that stand before it."""
    due = read_term(walk.flat, piece.start, piece.end, walk.on)
    if due and walk.drafts and walk.drafts[-1].paragraph == index:
        walk.drafts[-1].due = walk.drafts[-1].due or due
        walk.drafts[-1].end = max(walk.drafts[-1].end, piece.end)
    elif due:
        _give_term(walk, index, due, piece.end)
