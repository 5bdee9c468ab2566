"""The lines drawn on a page of a PDF file, from which its tables are told."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from pypdfium2 import raw

Place = Callable[[float, float], tuple[float, float]]
Rules = list[tuple[float, float, float]]
_MOST_OBJECTS = 30_000
_MOST_POINTS = 60_000
_STRAIGHT = 1.0
_SHORTEST = 4.0


def ruled_lines(page: Any, place: Place) -> tuple[Rules, Rules]:
    """The level and the upright lines of a page: (y, from x, to x) and (x, from y, to y)."""
    across: Rules = []
    down: Rules = []
    left = _MOST_POINTS
    for path, matrix in _paths(page):
        previous: tuple[float, float] | None = None
        begun: tuple[float, float] | None = None
        count = raw.FPDFPath_CountSegments(path)
        left -= max(count, 0)
        if left < 0:
            break
        for i in range(count):
            segment = raw.FPDFPath_GetPathSegment(path, i)
            x, y = ctypes.c_float(), ctypes.c_float()
            if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                continue
            point = place(*_moved(matrix, x.value, y.value))
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                begun = point
            elif kind == raw.FPDF_SEGMENT_LINETO and previous is not None:
                _keep(previous, point, across, down)
            previous = point
            if raw.FPDFPathSegment_GetClose(segment) and begun is not None:
                _keep(point, begun, across, down)
    return across, down


def _keep(a: tuple[float, float], b: tuple[float, float], across: Rules, down: Rules) -> None:
    (x1, y1), (x2, y2) = a, b
    if abs(y1 - y2) < _STRAIGHT and abs(x1 - x2) > _SHORTEST:
        across.append(((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
    elif abs(x1 - x2) < _STRAIGHT and abs(y1 - y2) > _SHORTEST:
        down.append(((x1 + x2) / 2, min(y1, y2), max(y1, y2)))


def _moved(matrices: tuple[Any, ...], x: float, y: float) -> tuple[float, float]:
    for m in matrices:
        x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
    return x, y


def _matrix(item: Any) -> Any:
    matrix = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return matrix


def _paths(page: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The drawn paths of a page, and of the groups on it, each with what moves it to its place."""
    for i in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, (_matrix(item),)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            around = _matrix(item)
            for j in range(min(raw.FPDFFormObj_CountObjects(item), _MOST_OBJECTS)):
                inner = raw.FPDFFormObj_GetObject(item, j)
                if raw.FPDFPageObj_GetType(inner) == raw.FPDF_PAGEOBJ_PATH:
                    yield inner, (_matrix(inner), around)
