"""A chart as lines and letters for a PDF: it stays sharp at any size and its words can be found and copied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import vl_convert
from lxml import etree

from dondoc.office.charts import FONTS_FOLDER

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}"
_COUNTED = re.compile(r"\b(clip|gradient_)(\d+)\b")


def chart_svg(spec: Mapping[str, Any]) -> bytes:
    """Draw a specification of a chart as SVG in Tinos; the same specification gives the same bytes.

    Links and the words for screen readers are taken out (the paper says in words what the picture shows), and the
    marks that Vega counts up as long as the program runs are counted anew.
    """
    vl_convert.register_font_directory(str(FONTS_FOLDER))
    drawn = str(vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[]))
    # A picture that our own library has just drawn: no entities, nothing fetched.
    root = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter():
        for name in [name for name in element.attrib if str(name).startswith(("aria-", "role", _LINK))]:
            del element.attrib[name]
    for link in list(root.iter(f"{_SVG}a")):
        link.tag = f"{_SVG}g"
    numbers: dict[str, str] = {}
    text = etree.tostring(root, encoding="unicode")
    return _COUNTED.sub(lambda found: numbers.setdefault(found[0], f"{found[1]}{len(numbers)}"), text).encode()
