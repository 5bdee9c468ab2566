"""A due rule as a field of any form: its kind, and the day, month, quarter, half, year or event that it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.office.here import FIRST_YEAR, LAST_YEAR
from dondoc.office.web.forms import DayInput
from dondoc.rules.deadlines import DueKind, DueRule, DueRuleRefused
from dondoc.rules.terms import Term, TermRefused, TermUnit
from dondoc.rules.text import vi_date

Choices = tuple[tuple[str, Any], ...]

KINDS: Choices = (
    ("none", gettext_lazy("no due day")),
    ("day", gettext_lazy("a day")),
    ("month", gettext_lazy("a month")),
    ("quarter", gettext_lazy("a quarter")),
    ("half", gettext_lazy("a half-year")),
    ("year", gettext_lazy("a year")),
    ("recurring", gettext_lazy("again and again")),
    ("event", gettext_lazy("after an event")),
)
EVERY: Choices = (
    ("week", gettext_lazy("every week")),
    ("month", gettext_lazy("every month")),
    ("quarter", gettext_lazy("every quarter")),
    ("half", gettext_lazy("every half-year")),
    ("year", gettext_lazy("every year")),
)
UNITS: Choices = (
    ("working_day", gettext_lazy("working days after it")),
    ("day", gettext_lazy("days after it")),
    ("week", gettext_lazy("weeks after it")),
    ("month", gettext_lazy("months after it")),
)
MONTHS: Choices = tuple((str(n), str(n)) for n in range(1, 13))
ROMAN = ("I", "II", "III", "IV")
QUARTERS: Choices = tuple((str(n), name) for n, name in enumerate(ROMAN, 1))
HALVES: Choices = (("1", gettext_lazy("first half")), ("2", gettext_lazy("second half")))


def _choice(choices: Choices) -> forms.Select:
    return forms.Select(attrs={"class": "form-select"}, choices=choices)


def _number(**attributes: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "form-control num", **attributes})


class DueRuleWidget(forms.Widget):
    """The kind of a due day, and beside it only what that kind asks for; without styles all of it is shown."""

    template_name = "dues/rule.html"
    # Each part: its label, its field, and the kinds for which it is asked.
    parts: Mapping[str, tuple[Any, forms.Widget, str]] = {
        "on": (
            gettext_lazy("Day"),
            DayInput(ahead=True),
            "day recurring event",
        ),
        "month": (gettext_lazy("Month"), _choice(MONTHS), "month"),
        "quarter": (gettext_lazy("Quarter"), _choice(QUARTERS), "quarter"),
        "half": (gettext_lazy("Half"), _choice(HALVES), "half"),
        "year": (gettext_lazy("Year"), _number(min=FIRST_YEAR, max=LAST_YEAR), "month quarter half year"),
        "every": (gettext_lazy("How often"), _choice(EVERY), "recurring"),
        "after": (gettext_lazy("How many (empty: on the day itself)"), _number(min=1, max=3650), "event"),
        "unit": (gettext_lazy("Counted in"), _choice(UNITS), "event"),
        "before": (
            gettext_lazy("“before” it"),
            forms.CheckboxInput(attrs={"class": "form-check-input"}),
            "day month quarter half year",
        ),
    }  # fmt: skip

    def __init__(self, attrs: dict[str, Any] | None = None, *, kinds: Choices = KINDS) -> None:
        super().__init__(attrs)
        self.kinds = kinds

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, Any]:
        """Take the kind and all parts as they were sent."""
        found = {"kind": str(data.get(f"{name}_kind") or "")}
        for part, (_label, widget, _kinds) in self.parts.items():
            found[part] = widget.value_from_datadict(data, files, f"{name}_{part}")  # type: ignore[arg-type]
        return found

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether nothing of it was sent."""
        return f"{name}_kind" not in data and f"{name}_on" not in data

    def id_for_label(self, id_: str) -> str:
        """The label belongs to the kind."""
        return f"{id_}_kind" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the parts as they are drawn."""
        context = super().get_context(name, value, attrs)
        filled = value if isinstance(value, dict) else as_parts(value)
        begin = (attrs or {}).get("id", f"id_{name}")
        context["widget"]["kind"] = _choice(self.kinds).render(
            f"{name}_kind", filled.get("kind") or "day", {"id": f"{begin}_kind"}
        )
        context["widget"]["parts"] = [
            {
                "name": part,
                "id": f"{begin}_{part}",
                "label": label,
                "kinds": kinds,
                "is_tick": part == "before",
                "drawn": widget.render(f"{name}_{part}", filled.get(part), {"id": f"{begin}_{part}"}),
            }
            for part, (label, widget, kinds) in self.parts.items()
        ]
        return context


class DueRuleField(forms.Field):
    """When something is due, by its rule: gives a DueRule, or None for "no due day".

    In a form of the name `due` the parts are sent as due_kind, due_on, due_month, due_quarter, due_half, due_year,
    due_every, due_after, due_unit and due_before; due_on alone is a day, and a day left empty is none.
    """

    widget = DueRuleWidget

    def __init__(self, *, may_be_none: bool = True, **kwargs: Any) -> None:
        """Make the field; without `may_be_none` an empty day leaves the due day as it is, and "none" is not offered."""
        self.kinds = KINDS if may_be_none else tuple(pair for pair in KINDS if pair[0] != "none")
        super().__init__(widget=DueRuleWidget(kinds=self.kinds), **kwargs)

    def to_python(self, value: Any) -> DueRule | None:
        """Read the rule out of its parts."""
        parts: dict[str, Any] = value if isinstance(value, dict) else {}
        kind = parts.get("kind") or "day"
        if kind not in dict(self.kinds):
            raise ValidationError(_("There is no such kind of due day. Choose one from the list."), code="invalid")
        if kind == "none" or (kind == "day" and not parts.get("on")):
            return None
        before = bool(parts.get("before")) and kind not in {"recurring", "event"}
        try:
            every = parts.get("every") if kind == "recurring" else None
            after = _term(parts) if kind == "event" else None
            return DueRule(cast(DueKind, kind), _day(kind, parts), every, before, after)
        except (DueRuleRefused, TermRefused) as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal


def _day(kind: str, parts: Mapping[str, Any]) -> date | None:
    if kind in {"day", "recurring", "event"}:
        return cast(date | None, forms.DateField(required=False).clean(parts.get("on")))
    years = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    year = years.clean(parts.get("year"))
    if year is None:
        raise ValidationError(_("Write the year."), code="invalid")
    steps = {"month": 1, "quarter": 3, "half": 6}
    if kind == "year":
        return date(year, 1, 1)
    number = forms.IntegerField(min_value=1, max_value=12 // steps[kind]).clean(parts.get(kind))
    return date(year, (number - 1) * steps[kind] + 1, 1)


def _term(parts: Mapping[str, Any]) -> Term | None:
    count = forms.IntegerField(required=False).clean(parts.get("after"))
    unit = parts.get("unit") or "day"
    if unit not in dict(UNITS):
        raise ValidationError(_("There is no such unit. Choose one from the list."), code="invalid")
    return None if count is None else Term(count, cast(TermUnit, unit))


def as_parts(rule: DueRule | None) -> dict[str, Any]:
    """Take a due rule apart, as the field shows it."""
    if rule is None:
        return {"kind": "day", "year": timezone.localdate().year}
    on = rule.on
    parts: dict[str, Any] = {"kind": rule.kind, "before": rule.before, "every": rule.every or "month"}
    if rule.kind in {"day", "recurring", "event"}:
        parts |= {"on": on, "year": (on or timezone.localdate()).year}
    elif on is not None:
        parts |= {"month": on.month, "quarter": (on.month + 2) // 3, "half": (on.month + 5) // 6, "year": on.year}
    if rule.after is not None:
        parts |= {"after": rule.after.count, "unit": rule.after.unit}
    return parts


def in_words(rule: DueRule) -> str:
    """Say a due rule in words: "tháng 6/2024", "quý II/2024", "hằng tháng, lần đầu 25/06/2024"."""
    on = rule.on
    if rule.kind == "none":
        return _("no due day")
    if rule.kind == "event":
        return _event_words(rule)
    assert on is not None
    if rule.kind == "recurring":
        return _("%(every)s, first on %(day)s") % {"every": dict(EVERY)[rule.every or "month"], "day": vi_date(on)}
    period = {
        "day": lambda: vi_date(on),
        "month": lambda: _("month %(month)s/%(year)s") % {"month": on.month, "year": on.year},
        "quarter": lambda: _("quarter %(quarter)s/%(year)s") % {"quarter": ROMAN[(on.month - 1) // 3], "year": on.year},
        "half": lambda: (
            _("first half of %(year)s") % {"year": on.year}
            if on.month <= 6
            else _("second half of %(year)s") % {"year": on.year}
        ),
        "year": lambda: _("year %(year)s") % {"year": on.year},
    }[rule.kind]()
    return _("before %(period)s") % {"period": period} if rule.before else period


def _event_words(rule: DueRule) -> str:
    if rule.after is None:
        return _("on the day of the event")
    n = rule.after.count
    sentence = {
        "working_day": ngettext("%(n)d working day after the event", "%(n)d working days after the event", n),
        "day": ngettext("%(n)d day after the event", "%(n)d days after the event", n),
        "week": ngettext("%(n)d week after the event", "%(n)d weeks after the event", n),
        "month": ngettext("%(n)d month after the event", "%(n)d months after the event", n),
    }[rule.after.unit]
    return sentence % {"n": n}
