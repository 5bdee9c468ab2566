"""Filters that read as a sentence, and the pages of a list: made here for every list in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office.web.frame import with_query

Options = Sequence[tuple[str, str]]
Chip = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Field:
    """A filter as it is chosen: from options, or typed as a text or a day (`type` "text" or "date").

    With `several`, more than one option can be chosen; in the address their values stand behind each other ("3,7").
    """

    name: str
    label: str
    options: Options | None = None
    type: str = ""
    several: bool = False


def filters(
    path: str,
    *,
    noun: str,
    asked: Mapping[str, str],
    fields: Iterable[Field],
    chips: Iterable[Chip],
    keep: Mapping[str, str],
    clear: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Give parts/chips.html what it needs: the sentence, each piece with the way to take it out, and the fields.

    `asked` are the filters by their names in the address, "q" the words searched for; each chip names the filters
    that it stands for; `keep` stays in the address when filters change, `clear` when all of them go (else `keep`).
    """
    kept = {**asked, **keep}
    return {
        "noun": noun,
        "chips": [
            {
                "text": text,
                "remove_url": with_query(path, {**kept, **dict.fromkeys(names, "")}),
                "remove_label": _("Take this filter away"),
            }
            for text, names in chips
        ],
        "fields": [_field(field, asked.get(field.name, "")) for field in fields if field.type or field.options],
        "keep": [{"name": name, "value": value} for name, value in keep.items() if value],
        "search": asked.get("q", ""),
        "clear_url": with_query(path, keep if clear is None else clear),
    }


def _field(field: Field, value: str) -> dict[str, Any]:
    if field.type:
        return {"name": field.name, "label": field.label, "type": field.type, "value": value}
    chosen = [part for part in value.split(",") if part] if field.several else [value]

    def offered(wanted: str) -> list[dict[str, Any]]:
        every = [("", _("any")), *(field.options or ())]
        return [{"value": key, "label": label, "selected": key == wanted} for key, label in every]

    return {
        "name": field.name,
        "label": field.label,
        "value": value,
        "options": offered(chosen[0] if chosen else ""),
        "several": field.several,
        # One choice more than was made: the way to a further value without a script as well.
        "further": [offered(one) for one in [*chosen[1:], ""]] if field.several and chosen else [],
    }


def chips_of(asked: Mapping[str, str], sentences: Mapping[str, str], shown: Callable[[str, str], str]) -> list[Chip]:
    """Say each filter that is asked for in its own piece; `shown` writes a value, by its filter, as people read it."""
    return [(str(sentences[name]) % shown(name, asked[name]), (name,)) for name in sentences if asked.get(name)]


def pages(path: str, kept: Mapping[str, str], *, start: int, total: int, size: int) -> dict[str, Any] | None:
    """Give parts/pages.html what it needs; None where everything stands on one page."""
    if total <= size:
        return None
    last = min(start + size, total)
    return {
        "words": _("%(first)d to %(last)d of %(total)d") % {"first": start + 1, "last": last, "total": total},
        "previous_url": with_query(path, {**kept, "start": str(max(start - size, 0))}) if start else "",
        "next_url": with_query(path, {**kept, "start": str(start + size)}) if last < total else "",
        "items": [],
    }
