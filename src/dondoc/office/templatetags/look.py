"""What templates need to show a number or a bar of states; nothing here counts or decides."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template

from dondoc.office.charts import Bar
from dondoc.rules.text import vi_number

register = template.Library()


@register.filter
def shown(value: object) -> object:
    """Write a number as Vietnamese papers do (1.234,5); words stay as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    return vi_number(Decimal(str(value)) if isinstance(value, float) else value)


@register.filter
def kind(thing: object) -> str:
    """Name the class of a block or run of a report ("heading", "figurerun"), for a template to choose by."""
    return type(thing).__name__.lower()


@register.inclusion_tag("parts/bar.html")
def bar(groups: Sequence[Bar], name: str) -> dict[str, Any]:
    """Draw a list of (label, state class, figure) as one bar, each part as long as its share.

    The counts stand beside it in words; the lengths, in percent of the width, are of the drawing only.
    """
    whole = sum(figure.value or 0 for _label, _class, figure in groups)
    parts, at = [], Decimal(0)
    for label, state_class, figure in groups:
        if not figure.value:
            continue
        width = Decimal(100) * figure.value / whole
        parts.append(
            {
                "class": state_class,
                "label": label,
                "count": figure.value,
                "x": f"{at:.3f}%",
                "width": f"{width:.3f}%",
            }
        )
        at += width
    return {"segments": parts, "name": name}
