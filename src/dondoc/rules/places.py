"""Where the words of a page stand, packed small: some hundred thousand words of a long scan fit into few rows."""

from __future__ import annotations

import sys
import zlib
from array import array
from typing import Any


class PlacesUnreadable(ValueError):
    """The packed places of a page were cut short or mixed up."""


def pack(starts: array[int], ends: array[int], edges: array[float]) -> bytes:
    """Pack where each word of a page begins and ends in the text, and its four edges on the paper.

    ``starts`` and ``ends`` count characters and have one number for each word; ``edges`` has four for each (left, top,
    right, bottom, in points of 1/72 inch). The packed form is compressed by zlib: how many words there are, then the
    three lists one after another, whole numbers of 32 bits and edges of 32 bits, the lowest byte first.
    """
    if len(ends) != len(starts) or len(edges) != 4 * len(starts):
        raise PlacesUnreadable("Số vị trí đầu, cuối và cạnh của các từ trên trang không khớp nhau.")
    lists = (array("I", [len(starts)]), array("I", starts), array("I", ends), array("f", edges))
    _lowest_first(*lists)
    return zlib.compress(b"".join(one.tobytes() for one in lists))


def unpack(packed: bytes) -> tuple[array[int], array[int], array[float]]:
    """Give back the beginnings, the ends and the edges of the words of a page, as `pack` took them."""
    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        raise PlacesUnreadable("Vị trí các từ trên trang đã hỏng; cần đọc lại văn bản.") from error
    if len(data) < 4:
        raise PlacesUnreadable("Vị trí các từ trên trang đã hỏng; cần đọc lại văn bản.")
    n = int.from_bytes(data[:4], "little")
    if len(data) != 4 + 24 * n:
        raise PlacesUnreadable("Vị trí các từ trên trang đã hỏng; cần đọc lại văn bản.")
    starts, ends, edges = array("I"), array("I"), array("f")
    starts.frombytes(data[4 : 4 + 4 * n])
    ends.frombytes(data[4 + 4 * n : 4 + 8 * n])
    edges.frombytes(data[4 + 8 * n :])
    _lowest_first(starts, ends, edges)
    return starts, ends, edges


def _lowest_first(*lists: array[Any]) -> None:
    if sys.byteorder == "big":
        for one in lists:
            one.byteswap()
