"""Ruled tables of a page: from the lines that are drawn to cells with their words, merged cells included."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from dondoc.reader.formats.words import PageWords, Word

_NEAR = 3.0
_MOST_LINES = 2_000
_MOST_TABLES = 60
_MOST_PLACES = 20_000

Rule = tuple[float, float, float]


@dataclass(slots=True)
class RuledCell:
    """A cell of a drawn table: the words in it, and how many rows and columns it covers."""

    words: list[Word] = field(default_factory=list)
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class RuledTable:
    """A drawn table: its frame, the places of its columns, and its rows of cells."""

    left: float
    top: float
    right: float
    bottom: float
    columns: tuple[float, ...]
    rows: list[list[RuledCell]]

    @property
    def words(self) -> list[Word]:
        """All words of the table."""
        return [word for row in self.rows for cell in row for word in cell.words]


def find_tables(page: PageWords) -> list[RuledTable]:
    """The tables of a page that are ruled with lines, from top to bottom; their words are taken from the page."""
    if len(page.across) > _MOST_LINES or len(page.down) > _MOST_LINES or len(page.down) < 3 or len(page.across) < 2:
        return []
    across, down = _joined(page.across), _joined(page.down)
    tables: list[RuledTable] = []
    for horizontal, vertical in _groups(across, down):
        xs, ys = _levels([x for x, _, _ in vertical]), _levels([y for y, _, _ in horizontal])
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
            continue
        table = _table(page, xs, ys, horizontal, vertical)
        if table is not None:
            tables.append(table)
        if len(tables) >= _MOST_TABLES:
            break
    return sorted(tables, key=lambda table: table.top)


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Lines drawn piece by piece, or twice, as one."""
    level: list[Rule] = []
    out: list[Rule] = []
    for rule in sorted(rules):
        if level and rule[0] - level[0][0] > _NEAR:
            out += _in_one_level(level)
            level = []
        level.append(rule)
    return out + _in_one_level(level)


def _in_one_level(rules: list[Rule]) -> list[Rule]:
    out: list[Rule] = []
    at = rules[0][0] if rules else 0.0
    for start, end in sorted((start, end) for _, start, end in rules):
        if out and start <= out[-1][2] + _NEAR:
            out[-1] = (at, out[-1][1], max(out[-1][2], end))
        else:
            out.append((at, start, end))
    return out


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines that touch each other, group by group."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    by_height = sorted(range(len(across)), key=lambda i: across[i][0])
    heights = [across[i][0] for i in by_height]
    for j, (x, top, bottom) in enumerate(down):
        for i in by_height[bisect_left(heights, top - _NEAR) : bisect_right(heights, bottom + _NEAR)]:
            if across[i][1] - _NEAR <= x <= across[i][2] + _NEAR:
                parent[root(len(across) + j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _levels(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _table(
    page: PageWords, xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> RuledTable | None:
    height, width = len(ys) - 1, len(xs) - 1
    owner = _owners(xs, ys, across, down)
    cells: dict[int, RuledCell] = {}
    inside: list[Word] = []
    outside: list[Word] = []
    for word in page.words:
        x, y = (word.left + word.right) / 2, word.centre
        if not (xs[0] < x < xs[-1] and ys[0] < y < ys[-1]):
            outside.append(word)
            continue
        column = sum(edge < x for edge in xs[1:-1])
        row = sum(edge < y for edge in ys[1:-1])
        cells.setdefault(owner[row * width + column], RuledCell()).words.append(word)
        inside.append(word)
    if not inside:
        return None
    rows: list[list[RuledCell]] = [[] for _ in range(height)]
    reach: dict[int, tuple[int, int, int, int]] = {}
    for place, own in enumerate(owner):
        r, c = divmod(place, width)
        top, left, bottom, right = reach.get(own, (r, c, r, c))
        reach[own] = (min(top, r), min(left, c), max(bottom, r), max(right, c))
    for own, (top, left, bottom, right) in sorted(reach.items(), key=lambda item: item[1]):
        cell = cells.get(own, RuledCell())
        cell.rows, cell.columns = bottom - top + 1, right - left + 1
        rows[top].append(cell)
    if max(len(row) for row in rows) < 2:
        return None
    page.words = outside
    return RuledTable(xs[0], ys[0], xs[-1], ys[-1], tuple(xs), rows)


def _owners(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[int]:
    """For each place between the lines, the first place of the cell to which it belongs."""
    height, width = len(ys) - 1, len(xs) - 1
    owner = list(range(height * width))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    walls = {level: [rule for rule in down if abs(rule[0] - level) <= _NEAR] for level in xs}
    floors = {level: [rule for rule in across if abs(rule[0] - level) <= _NEAR] for level in ys}
    for r in range(height):
        y = (ys[r] + ys[r + 1]) / 2
        for c in range(width):
            x = (xs[c] + xs[c + 1]) / 2
            if c and not any(top <= y <= bottom for _, top, bottom in walls[xs[c]]):
                _unite(owner, root(r * width + c - 1), root(r * width + c))
            if r and not any(left <= x <= right for _, left, right in floors[ys[r]]):
                _unite(owner, root((r - 1) * width + c), root(r * width + c))
    return [root(i) for i in range(height * width)]


def _unite(owner: list[int], a: int, b: int) -> None:
    owner[max(a, b)] = min(a, b)
