"""The ruled lines in the picture of a page, found as long dark runs of its pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator

Rules = list[tuple[float, float, float]]
# At this resolution a thin line is one pixel wide and letters are shorter than any line of a table.
RESOLUTION = 100
_DARK = 190
_MARKS = bytes(1 if value < _DARK else 0 for value in range(256))
_ACROSS = re.compile(rb"\x01{55,}")
_DOWN = re.compile(rb"\x01{18,}")


def lines_in_picture(pixels: bytes, width: int, height: int, stride: int) -> tuple[Rules, Rules]:
    """The level and the upright lines of a grey picture at 100 dots an inch, in points from its top left corner."""
    dark = pixels.translate(_MARKS)
    rows = [dark[y * stride : y * stride + width] for y in range(height)]
    columns = [dark[x : height * stride : stride] for x in range(width)]
    return list(_runs(rows, _ACROSS)), list(_runs(columns, _DOWN))


def _runs(strips: list[bytes], pattern: re.Pattern[bytes]) -> Iterator[tuple[float, float, float]]:
    """The long runs of each strip; a strip counts together with the two after it, so that a slanting line holds."""
    scale = 72 / RESOLUTION
    numbers = [int.from_bytes(strip, "big") for strip in strips]
    for i in range(len(strips) - 2):
        if not numbers[i]:
            continue
        merged = (numbers[i] | numbers[i + 1] | numbers[i + 2]).to_bytes(len(strips[i]), "big")
        for run in pattern.finditer(merged):
            yield (i + 1) * scale, run.start() * scale, run.end() * scale
