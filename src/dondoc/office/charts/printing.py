"""A specification as a picture for paper, or stripped for the screen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dondoc.office.charts.looks import FONTS_FOLDER


def chart_png(spec: Mapping[str, Any]) -> bytes:
    """Draw a specification as a picture for paper, 288 dots to the inch, without leaving the machine.

    Tinos (the metrics of Times New Roman) is drawn from the office's own files where `make install` has put
    them; a machine without them draws with its own serif, and the picture then differs from machine to
    machine.
    """
    return _png(json.dumps(spec))


@lru_cache(maxsize=8)
def _png(spec: str) -> bytes:
    # A report that is issued needs each picture twice: for Word, and for the workbook.
    return bytes(_converter().vegalite_to_png(spec, scale=3, allowed_base_urls=[]))


def chart_svg(spec: Mapping[str, Any]) -> str:
    """Draw a specification as lines and words that stay sharp at any size; whoever prints them brings the font."""
    return str(_converter().vegalite_to_svg(dict(spec), allowed_base_urls=[]))


def on_screen(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Take the looks of paper off a specification, so that the page lays on its own, light or dark."""
    return {key: value for key, value in spec.items() if key not in {"background", "config"}}


def _converter() -> Any:
    # It is a browser engine in a library, and only paper needs it.
    import vl_convert

    if FONTS_FOLDER.is_dir():
        vl_convert.register_font_directory(str(FONTS_FOLDER))
    return vl_convert
