"""Where the documents of a picture stand on the page, and which way the lines between them run."""

from __future__ import annotations

from dataclasses import dataclass

from dondoc.office.queries.links import Edge, Node, Picture

WIDTH, HEIGHT = 176, 44  # of a document's box, in the units of the drawing
ACROSS, BETWEEN = 128, 16  # between two columns, and between two boxes of one
MARGIN = 8
TITLE, SUBJECT = 24, 31  # letters that fit into a box


@dataclass(frozen=True, slots=True)
class Box:
    """A document as it is drawn: its corner, its words cut to fit, and the whole of them for who asks."""

    key: str
    document_id: int | None
    x: int
    y: int
    title: str
    subject: str
    whole: str
    is_middle: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A link as it is drawn: its path from the one that says it to the one it names, and where its word stands."""

    kind: str
    label: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Row:
    """A link in words, for the table beside the drawing."""

    source: Node
    label: str
    kind: str
    target: Node


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture laid out: from left to right what it rests on, the document itself, what rests on it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    kinds: tuple[tuple[str, str], ...]
    is_cut: bool


def drawing(picture: Picture) -> Drawing | None:
    """Lay a picture out; None when the document stands alone."""
    if not picture.edges:
        return None
    steps = sorted({node.step for node in picture.nodes})
    columns = {step: [node for node in picture.nodes if node.step == step] for step in steps}
    tallest = max(len(nodes) for nodes in columns.values())
    height = tallest * (HEIGHT + BETWEEN) - BETWEEN + 2 * MARGIN
    corners: dict[str, tuple[int, int]] = {}
    for place, step in enumerate(steps):
        free = height - 2 * MARGIN - (len(columns[step]) * (HEIGHT + BETWEEN) - BETWEEN)
        for row, node in enumerate(columns[step]):
            x = MARGIN + place * (WIDTH + ACROSS)
            corners[node.key] = (x, MARGIN + free // 2 + row * (HEIGHT + BETWEEN))
    nodes = {node.key: node for node in picture.nodes}
    return Drawing(
        width=len(steps) * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN,
        height=height,
        boxes=tuple(_box(node, *corners[node.key]) for node in picture.nodes),
        lines=tuple(_line(edge, corners, nodes) for edge in picture.edges),
        rows=tuple(Row(nodes[edge.source], edge.label, edge.kind, nodes[edge.target]) for edge in picture.edges),
        kinds=tuple(dict.fromkeys((edge.kind, edge.label) for edge in picture.edges)),
        is_cut=picture.is_cut,
    )


def _box(node: Node, x: int, y: int) -> Box:
    whole = f"{node.title}: {node.subject}" if node.subject else node.title
    title, subject = _cut(node.title, TITLE), _cut(node.subject, SUBJECT)
    return Box(node.key, node.document_id, x, y, title, subject, whole, node.step == 0)


def _cut(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _line(edge: Edge, corners: dict[str, tuple[int, int]], nodes: dict[str, Node]) -> Line:
    """Draw from the one that says it to the one it names; the word stands by the one farther from the middle."""
    (x1, y1), (x2, y2) = corners[edge.source], corners[edge.target]
    middle = HEIGHT // 2
    if x1 == x2:  # of one step: round the side
        start, end, bend = (x1 + WIDTH, y1 + middle), (x2 + WIDTH, y2 + middle), x1 + WIDTH + ACROSS // 3
        path = f"M{start[0]},{start[1]} C{bend},{start[1]} {bend},{end[1]} {end[0]},{end[1]}"
        return Line(edge.kind, edge.label, path, bend, (start[1] + end[1]) // 2)
    to_left = x2 < x1
    start = (x1 if to_left else x1 + WIDTH, y1 + middle)
    end = (x2 + WIDTH if to_left else x2, y2 + middle)
    half = (start[0] + end[0]) // 2
    path = f"M{start[0]},{start[1]} C{half},{start[1]} {half},{end[1]} {end[0]},{end[1]}"
    far = start if abs(nodes[edge.source].step) >= abs(nodes[edge.target].step) else end
    inward = -1 if (far is start) == to_left else 1
    return Line(edge.kind, edge.label, path, far[0] + inward * (ACROSS // 2 - 6), far[1] - 5)
