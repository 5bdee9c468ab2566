"""Fields as the pages show them, and what may be typed into them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Refused
from dondoc.rules.text import NotADate, NotANumber, folded, parse_typed_date, parse_vi_number, vi_number

# What Django itself says of a field that it cannot read; our catalogue says it with an example of how to write it.
SAID_BY_DJANGO = (gettext_noop("Enter a valid date."), gettext_noop("Enter a number."))


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar; 5/6, 05/06/2024 and 5-6-24 are understood as well.

    A day without a year is the last such day, or the next one where the field looks `ahead`, as due days do.
    """

    input_type = "date"

    def __init__(self, *, ahead: bool = False, **attributes: Any) -> None:
        self.ahead = ahead
        looks = {"data-ahead": ""} if ahead else {}
        super().__init__(attrs={"class": "form-control", **looks, **attributes}, format="%Y-%m-%d")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Take what was typed as a day as the field reads it; what is no day stays as it is, and is refused."""
        typed = super().value_from_datadict(data, files, name)  # type: ignore[arg-type]
        if not typed:
            return typed
        try:
            return parse_typed_date(str(typed), on=timezone.localdate(), ahead=self.ahead).isoformat()
        except NotADate:
            return typed


class NumberField(forms.DecimalField):
    """A number as offices write it: 1.234,5. A dot stands for thousands; 1.23 is refused rather than guessed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"class": "form-control num", "inputmode": "decimal"}), **options)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """Read what was typed."""
        if value in self.empty_values:
            return None
        try:
            return parse_vi_number(str(value))
        except NotANumber:
            raise ValidationError(_("Enter a number."), code="invalid") from None

    def prepare_value(self, value: object) -> object:
        """Show a number as it would be typed."""
        return vi_number(value) if isinstance(value, int | Decimal) else value


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


def free_key(said: str, taken: Collection[str], *, otherwise: str) -> str:
    """Make of a name a key that nothing has yet: small letters, digits, dashes; `otherwise` where no letter is left."""
    stem = slugify(folded(said))[:36].strip("-") or otherwise
    return next(key for n in range(1, len(taken) + 2) if (key := f"{stem}-{n}" if n > 1 else stem) not in taken)


def attempt(form: forms.Form, deed: Callable[[], object], *, field: str | None = None) -> bool:
    """Do what was asked; a refusal is said in the form, at a field or above it, and nothing typed is lost."""
    try:
        deed()
    except Refused as refusal:
        form.add_error(field, str(refusal))
        return False
    return True
