"""Logistic regression with a ridge, in plain Python: Newton's method on features that are there or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import exp

Row = tuple[frozenset[str], bool]
FAR = 30.0


def share(score: float) -> float:
    """The share that a score stands for."""
    return 1 / (1 + exp(-max(-FAR, min(FAR, score))))


def solve(matrix: list[list[float]], target: list[float]) -> list[float]:
    """Solve a system of linear equations by elimination."""
    size = len(target)
    rows = [[*row, value] for row, value in zip(matrix, target, strict=True)]
    for i in range(size):
        best = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            if factor:
                for j in range(i, size + 1):
                    rows[k][j] -= factor * rows[i][j]
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (rows[i][size] - sum(rows[i][j] * out[j] for j in range(i + 1, size))) / rows[i][i]
    return out


def weights_of(some: Sequence[Row], names: Sequence[str], ridge: float, free: Collection[str]) -> dict[str, float]:
    """The base and the weights of some features; the base and the ``free`` ones are hardly held down."""
    place = {name: i + 1 for i, name in enumerate(names)}
    rows = [([0, *sorted(place[n] for n in seen if n in place)], float(right)) for seen, right in some]
    weights = [0.0] * (len(names) + 1)
    held_down = [0.01, *(0.01 if name in free else ridge for name in names)]
    for _ in range(25):
        gradient = [-down * w for down, w in zip(held_down, weights, strict=True)]
        curve = [[0.0] * len(weights) for _ in weights]
        for i, down in enumerate(held_down):
            curve[i][i] = down
        for on, right in rows:
            p = share(sum(weights[i] for i in on))
            for i in on:
                gradient[i] += right - p
                for j in on:
                    curve[i][j] += p * (1 - p)
        step = solve(curve, gradient)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-8:
            break
    return {"base": weights[0]} | {name: weights[i] for name, i in place.items()}


def fit(
    some: Sequence[Row], ridge: float, *, least: int, free: Collection[str], signs: Mapping[str, int]
) -> dict[str, float]:
    """Fit base and weights; what hardly occurs, and what comes out against its expected direction, has none."""
    counts: dict[str, int] = {}
    for seen, _ in some:
        for name in seen:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(n for n, c in counts.items() if least <= c <= len(some) - least)
    while True:
        found = weights_of(some, names, ridge, free)
        kept = [name for name in names if found[name] * signs.get(name, 0) >= 0]
        if kept == names:
            return found
        names = kept


def line_of(some: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and base that make scores agree best with what turned out (Platt); each step is kept small."""
    slope, base = 1.0, 0.0
    for _ in range(60):
        gradient, curve = [0.0, 0.0], [[0.01, 0.0], [0.0, 0.01]]
        for score, right in some:
            p = share(slope * score + base)
            for i, x in enumerate((score, 1.0)):
                gradient[i] += (right - p) * x
                for j, y in enumerate((score, 1.0)):
                    curve[i][j] += p * (1 - p) * x * y
        step = [max(-0.5, min(0.5, s)) for s in solve(curve, gradient)]
        slope, base = slope + step[0], base + step[1]
        if max(map(abs, step)) < 1e-9:
            break
    return slope, base
