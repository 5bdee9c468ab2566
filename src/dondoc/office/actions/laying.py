"""Laying down: what is alike wherever an office lays a version down from a day on, whatever it is a version of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Refused
from dondoc.office.actions.history import Writing
from dondoc.office.actions.intake import FIRST_YEAR
from dondoc.office.models.facts import Fact, beginning_on
from dondoc.rules.text import vi_date

F = TypeVar("F", bound=Fact)


def lay_over(w: Writing, model: type[F], *, key: str, on: date, **values: Any) -> F:
    """Make the version of a key that begins on a day; it takes the place of the office's own of the same day."""
    former = beginning_on(model._default_manager.filter(office=w.office, key=key), on=on)
    return w.new(model, office=w.office, key=key, effective_on=on, replaces=former, **values)


def ground(basis_id: int | None, words: str, *, refusal: type[Refused]) -> str:
    """Give the words of a basis without needless spaces; refused where there is neither a document nor a word."""
    words = tidy(words)
    if basis_id is None and not words:
        raise refusal(_("Say on what ground: choose a document of the register, or write the basis in words."))
    return words


def check_first_day(on: date, shipped: Iterable[date], *, refusal: type[Refused]) -> None:
    """Refuse a version that begins before the program's first of this key; of an own key, before the register does."""
    first = min(shipped, default=date(FIRST_YEAR, 1, 1))
    if on < first:
        raise refusal(
            _("The first version begins on %(day)s. Choose that day or a later one.") % {"day": vi_date(first)}
        )


def tidy(text: str) -> str:
    """Give a text with single spaces, and none around it."""
    return " ".join(text.split())
