"""Fields as the pages show them."""

from __future__ import annotations

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs={"class": "form-control", **attributes}, format="%Y-%m-%d")


def line(**attributes: Any) -> forms.TextInput:
    """A line of text."""
    return forms.TextInput(attrs={"class": "form-control", **attributes})


def words(rows: int = 4, **attributes: Any) -> forms.Textarea:
    """Some lines of text."""
    return forms.Textarea(attrs={"class": "form-control", "rows": rows, **attributes})


def choice(**attributes: Any) -> forms.Select:
    """One of several."""
    return forms.Select(attrs={"class": "form-select", **attributes})


def offer(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    """Say what can be chosen in a field, where it depends on the day or the office."""
    chooser = form.fields[field]
    assert isinstance(chooser, forms.ChoiceField)
    chooser.choices = choices


def names(text: str) -> tuple[str, ...]:
    """Read a list of names, one on each line or parted by semicolons."""
    return tuple(name for part in text.splitlines() for name in map(str.strip, part.split(";")) if name)
