"""What the address of a list asks for: read into a wish, written from one, and said as a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dondoc.office.here import DayRefused, Here, day_asked, number_asked
from dondoc.office.models import DutyRole, StateClass, TaskKind, TaskOrigin
from dondoc.office.queries.duties import BUCKETS
from dondoc.office.queries.wishes import (
    DAYS,
    EMPTY,
    NUMBERS,
    ORDERS,
    PARAMETERS,
    SEVERAL,
    Choices,
    Order,
    Wish,
    written,
)
from dondoc.office.web.filters import Chip, Field
from dondoc.rules.text import vi_date

LABELS = {
    "programme": gettext_lazy("List"),
    "resolution": gettext_lazy("Resolution"),
    "document": gettext_lazy("Document"),
    "agency": gettext_lazy("Agency"),
    "role": gettext_lazy("Role"),
    "person": gettext_lazy("Person named"),
    "state_class": gettext_lazy("Sort of state"),
    "state": gettext_lazy("State"),
    "bucket": gettext_lazy("Timeliness"),
    "due_from": gettext_lazy("Due from"),
    "due_to": gettext_lazy("Due up to"),
    "assigned_from": gettext_lazy("Assigned from"),
    "assigned_to": gettext_lazy("Assigned up to"),
    "kind": gettext_lazy("Kind"),
    "origin": gettext_lazy("Entered"),
    "product": gettext_lazy("Product"),
    "unclear": gettext_lazy("6 clear points"),
    "obstacle": gettext_lazy("Obstacle"),
    "urged": gettext_lazy("Urged"),
    "sample": gettext_lazy("Sample data"),
}
FIXED = {
    "bucket": {
        "late": gettext_lazy("late"),
        "due_soon": gettext_lazy("due soon"),
        "open": gettext_lazy("open and in time"),
        "no_due": gettext_lazy("without a due day"),
        "done_in_time": gettext_lazy("done in time"),
        "done_with_due": gettext_lazy("done late"),
    },
    "product": {
        "named": gettext_lazy("with a product named"),
        "none": gettext_lazy("without a product named"),
        "issued": gettext_lazy("with a product that was issued"),
    },
    "unclear": {
        "who": gettext_lazy("unclear who does it"),
        "when": gettext_lazy("unclear by when"),
        "answers": gettext_lazy("unclear who answers for it"),
        "product": gettext_lazy("unclear which product"),
        "authority": gettext_lazy("unclear by whose authority"),
    },
    "obstacle": {"yes": gettext_lazy("held up by an obstacle"), "no": gettext_lazy("not held up by an obstacle")},
    "urged": {"yes": gettext_lazy("urged already"), "no": gettext_lazy("not urged yet")},
    "sample": {"yes": gettext_lazy("that are sample data"), "no": gettext_lazy("that are no sample data")},
}
SENTENCES = {
    "kind": gettext_lazy("of the kind %s"),
    "state_class": gettext_lazy("that are: %s"),
    "state": gettext_lazy("in the state %s"),
    "bucket": "%s",
    "programme": gettext_lazy("on the list %s"),
    "resolution": gettext_lazy("under %s"),
    "document": gettext_lazy("from %s"),
    "person": gettext_lazy("in the hands of %s"),
    "origin": gettext_lazy("entered: %s"),
    **dict.fromkeys(("product", "unclear", "obstacle", "urged", "sample"), "%s"),
}
SIDES = {
    "lead": gettext_lazy("led by %s"),
    "coordinate": gettext_lazy("coordinated by %s"),
    "monitor": gettext_lazy("monitored by %s"),
    "": gettext_lazy("owed by %s"),
}
SPANS = {
    "due": (gettext_lazy("due from %s to %s"), gettext_lazy("due from %s"), gettext_lazy("due up to %s")),
    "assigned": (
        gettext_lazy("assigned from %s to %s"),
        gettext_lazy("assigned from %s"),
        gettext_lazy("assigned up to %s"),
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: the wish, its order, and in words what of it could not be made out or found."""

    wish: Wish
    order: Order
    unknown: tuple[str, ...] = ()


def options(choices: Choices) -> dict[str, dict[str, str]]:
    """Give what each filter can be chosen from: value and words."""
    fixed = {name: {value: str(label) for value, label in found.items()} for name, found in FIXED.items()}
    return {
        **fixed,
        "programme": dict(choices.programme),
        "resolution": dict(choices.resolution),
        "document": dict(choices.document),
        "agency": dict(choices.agency),
        "role": {value: str(label) for value, label in DutyRole.choices},
        "person": dict(choices.person),
        "state_class": {value: str(label) for value, label in StateClass.choices},
        "state": dict(choices.state),
        "kind": {value: str(label) for value, label in TaskKind.choices},
        "origin": {value: str(label) for value, label in TaskOrigin.choices},
    }


def read_asked(given: Mapping[str, str], here: Here, choices: Choices) -> Asked:
    """Read a wish and its order from an address.

    What cannot be read is left out, what the register does not hold fits nothing; both are said in words.
    """
    found: dict[str, Any] = {}
    unknown = []
    offered = options(choices)
    for name, parameter in PARAMETERS.items():
        text = given.get(parameter, "").strip() if name != "words" else given.get(parameter, "")
        values: dict[Any, str] = {}
        for part in _parts(name, text):
            value = _read(name, part, here)
            if value is None:
                unknown.append(_("%(label)s “%(text)s” cannot be read and is left out") % _said(name, part))
                continue
            values[value] = part
            if name in offered and str(value) not in offered[name] and not (name == "bucket" and part in BUCKETS):
                unknown.append(_("%(label)s “%(text)s” is not in the register on this day") % _said(name, part))
        if values:
            found[name] = tuple(values) if name in SEVERAL else next(iter(values))
    sort = given.get("sort", "")
    if sort and sort not in ORDERS:
        unknown.append(_("there is no column “%(text)s” to order by") % {"text": sort[:60]})
    order = Order(sort if sort in ORDERS else "", given.get("way", "") == "down")
    return Asked(Wish(**found), order, tuple(unknown))


def _parts(name: str, text: str) -> list[str]:
    """Part what an address says of one filter into its values: "12,15" are two agencies."""
    if name not in SEVERAL:
        return [text] if text else []
    return [part.strip() for part in text.split(",") if part.strip()]


def together(given: QueryDict) -> dict[str, str] | None:
    """Write an address in which a filter stands several times, as forms send it, with its values in one place.

    None where each stands but once.
    """
    if all(len(given.getlist(PARAMETERS[name])) < 2 for name in SEVERAL):
        return None
    joined = {PARAMETERS[name]: ",".join(filter(None, given.getlist(PARAMETERS[name]))) for name in SEVERAL}
    kept = {**{key: str(value) for key, value in given.dict().items()}, **joined}
    return {key: value for key, value in kept.items() if value}


def _said(name: str, text: str) -> dict[str, str]:
    return {"label": str(LABELS[name]), "text": text[:60]}


def _read(name: str, text: str, here: Here) -> object:
    if name in NUMBERS:
        return number_asked(text)
    if name in DAYS:
        try:
            return day_asked(text, here.today)
        except DayRefused:
            return None
    return text


def query_of(wish: Wish, order: Order) -> dict[str, str]:
    """Write a wish and its order as parameters of an address: what `read_asked` reads back."""
    found = written(wish)
    if order.column:
        found["sort"] = order.column
    if order.descending:
        found["way"] = "down"
    return found


def fields_of(choices: Choices) -> list[Field]:
    """List the filters as they are chosen."""
    offered = options(choices)
    return [
        Field(name, str(label), None, "date")
        if name in DAYS
        else Field(name, str(label), tuple(offered[name].items()), several=name in SEVERAL)
        for name, label in LABELS.items()
    ]


def chips(wish: Wish, choices: Choices) -> list[Chip]:
    """Say a wish in pieces of one sentence, each with the parameters that it stands for."""
    offered = options(choices)

    def shown(name: str) -> str:
        value = getattr(wish, name)
        words = [offered[name].get(str(one), str(one)) for one in (value if isinstance(value, tuple) else (value,))]
        return either([_("“%s”") % one for one in words] if name == "programme" else words)

    found: list[Chip] = []
    if wish.words.strip():
        found.append((_("with the words “%(words)s”") % {"words": wish.words.strip()}, ("q",)))
    if wish.agency and len(wish.role) < 2:
        found.append((str(SIDES.get("".join(wish.role), SIDES[""])) % shown("agency"), ("agency", "role")))
    elif wish.agency:
        found.append((str(SIDES[""]) % shown("agency"), ("agency",)))
    if wish.role and not (wish.agency and len(wish.role) < 2):
        found.append((_("with an agency in the role %(role)s") % {"role": shown("role")}, ("role",)))
    found += [(str(SENTENCES[name]) % shown(name), (name,)) for name in SENTENCES if getattr(wish, name) not in EMPTY]
    for name, (both, since, until) in SPANS.items():
        first, last = (getattr(wish, f"{name}_{end}") for end in ("from", "to"))
        ends = (f"{name}_from", f"{name}_to")
        if first and last:
            found.append((str(both) % (vi_date(first), vi_date(last)), ends))
        elif first or last:
            found.append((str(since if first else until) % vi_date(first or last), ends))
    return found


def either(words: Sequence[str]) -> str:
    """Join what a task may fit by: “A”, “A or B”, “A, B or C”."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def sentence(wish: Wish, choices: Choices) -> str:
    """Say a whole wish as one sentence, for a file or the name of a list."""
    pieces = [text for text, _names in chips(wish, choices)]
    return ", ".join([_("Tasks"), *pieces]) if pieces else _("All tasks")
