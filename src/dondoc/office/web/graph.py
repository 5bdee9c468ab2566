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
    late_entry: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture laid out: from left to right what it rests on, the document itself, what rests on it."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    kinds: tuple[tuple[str, str], ...]
    has_unknown: bool
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
    lines = tuple(_line(edges, corners, nodes) for edges in _together(picture.edges))
    widest = len(steps) * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN
    return Drawing(
        # What bends round the side of the last column has its word there too.
        width=max([widest, *(line.x + ACROSS // 2 for line in lines)]),
        height=height,
        boxes=tuple(_box(node, *corners[node.key]) for node in picture.nodes),
        lines=lines,
        rows=tuple(_row(edge, nodes) for edge in picture.edges),
        kinds=tuple(dict.fromkeys((edge.kind, edge.label) for edge in picture.edges)),
        has_unknown=any(node.document_id is None for node in picture.nodes),
        is_cut=picture.is_cut,
    )


def _row(edge: Edge, nodes: dict[str, Node]) -> Row:
    return Row(nodes[edge.source], edge.label, edge.kind, nodes[edge.target], edge.late_entry)


def _together(edges: tuple[Edge, ...]) -> list[list[Edge]]:
    """Put the links between the same two documents together: they are one line, in the manner of the first."""
    found: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        found.setdefault((edge.source, edge.target), []).append(edge)
    return list(found.values())


def _box(node: Node, x: int, y: int) -> Box:
    whole = f"{node.title}: {node.subject}" if node.subject else node.title
    title, subject = _cut(node.title, TITLE), _cut(node.subject, SUBJECT)
    return Box(node.key, node.document_id, x, y, title, subject, whole, node.step == 0)


def _cut(text: str, longest: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _line(edges: list[Edge], corners: dict[str, tuple[int, int]], nodes: dict[str, Node]) -> Line:
    """Draw from the one that says it to the one it names; the word stands by the one farther from the middle."""
    edge, label = edges[0], ", ".join(one.label for one in edges)
    (x1, y1), (x2, y2) = corners[edge.source], corners[edge.target]
    y1, y2 = y1 + HEIGHT // 2, y2 + HEIGHT // 2
    if x1 == x2:  # of one step: round the side
        side, bend = x1 + WIDTH, x1 + WIDTH + ACROSS // 2
        return Line(edge.kind, label, f"M{side},{y1} C{bend},{y1} {bend},{y2} {side},{y2}", bend, (y1 + y2) // 2)
    to_left = x2 < x1
    x1, x2 = (x1, x2 + WIDTH) if to_left else (x1 + WIDTH, x2)
    half = (x1 + x2) // 2
    at_source = abs(nodes[edge.source].step) >= abs(nodes[edge.target].step)
    x, y, other = (x1, y1, y2) if at_source else (x2, y2, y1)
    inward = -1 if at_source == to_left else 1
    # Above a line that comes from below, below one that comes from above: so the line does not cross its word.
    return Line(
        edge.kind,
        label,
        f"M{x1},{y1} C{half},{y1} {half},{y2} {x2},{y2}",
        x + inward * (ACROSS // 2 - 6),
        y - 6 if other >= y else y + 14,
    )
