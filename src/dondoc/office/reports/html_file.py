"""A report as one HTML file: it needs no other file, no script and no network, and looks like the sheet on the page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from dondoc.office.reports.blocks import Report
from dondoc.office.reports.html import to_html
from dondoc.rules.layouts import Layout

_STYLE = Path(__file__).parents[1] / "static" / "dondoc" / "report.css"
# What the style of the sheet takes from the page around it.
_AROUND = """:root { --rule: #d5d8dd; --rule-2: #aab2bd; --shadow: none; --ink: #1c2430; --ink-2: #4a5464; \
--accent: #24467f; }
body { margin: 0; background: #f3f4f6; color: #1c2430; }
.quiet { color: #444; } .small { font-size: 0.85em; } .drawing { max-width: 100%; height: auto; }
"""
_BEGIN, _END = b"<article ", b"</article>"


def to_html_file(report: Report, layout: Layout) -> bytes:
    """Write a report as a whole HTML file; the same report gives the same bytes.

    The numbers stay links to their rows, which open where the file is served by the program itself.
    """
    page = format_html(
        '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title><style>{}</style></head>'
        '<body><div class="desk">{}</div></body></html>\n',
        report.language,
        f"{report.type_name}: {report.title}",
        _style(),
        to_html(report, layout, still=True),
    )
    return page.encode()


@cache
def _style() -> SafeString:
    return mark_safe(_AROUND + _STYLE.read_text(encoding="utf-8"))  # noqa: S308 -- our own file


def sheet_of(content: bytes) -> SafeString:
    """Take the sheet out of such a file, to show it within a page."""
    begin, end = content.index(_BEGIN), content.rindex(_END) + len(_END)
    return mark_safe(content[begin:end].decode())  # noqa: S308 -- written by to_html_file, every word escaped
