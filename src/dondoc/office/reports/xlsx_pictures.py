"""The pictures of a workbook: each chart as it stands in the Word file, beside the table of its numbers."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from math import ceil
from typing import Any

from dondoc.office.charts import chart_png
from dondoc.office.reports.blocks import Chart

SCALE = 72 / 288  # a picture has 288 dots to the inch and says 72; the sheet shows it as wide as paper does
DOTS, LINE = 288, 0.2  # of a picture to the inch; the height of a line of a sheet in inches, a little less than it is
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_ANCHOR = re.compile(
    r'<xdr:twoCellAnchor[^>]*>(<xdr:from>.*?</xdr:from>)<xdr:to>.*?</xdr:to>(.*?(<a:ext cx="\d+" cy="\d+"/>).*?)'
    r"</xdr:twoCellAnchor>",
    re.DOTALL,
)


def insert(page: Any, row: int, column: int, chart: Chart) -> int:
    """Put the picture of a chart on a sheet, its corner in a cell; it says in words what it shows.

    Gives how many lines it reaches down.
    """
    picture = chart_png(chart.spec)
    drawn = {"image_data": io.BytesIO(picture), "x_scale": SCALE, "y_scale": SCALE}
    page.insert_image(row, column, "chart.png", {**drawn, "description": chart.alt})
    (height,) = struct.unpack(">I", picture[20:24])
    return ceil(height / DOTS / LINE)


def unstretched(book: bytes) -> dict[str, bytes]:
    """Give the drawings of a workbook with pictures that keep their size, by the names of their parts.

    A picture that ends at a cell is stretched when the lines under it turn out higher than the writer took them to be.
    """
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        drawings = [name for name in package.namelist() if _DRAWING.fullmatch(name)]
        return {name: _ANCHOR.sub(_one_cell, package.read(name).decode()).encode() for name in drawings}


def _one_cell(found: re.Match[str]) -> str:
    size = found[3].replace("<a:ext", "<xdr:ext")
    return f"<xdr:oneCellAnchor>{found[1]}{size}{found[2]}</xdr:oneCellAnchor>"
