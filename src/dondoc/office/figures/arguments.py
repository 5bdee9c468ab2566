"""What a number can be asked for: each argument is of a declared type, and what does not fit is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.models import StateClass

Labels = Mapping[str, Any]  # a value, and the words by which people know it: English as in the catalogue
Kind = Literal["record", "day", "instant", "choice", "text"]

LONGEST = 300  # letters of a text
FIRST_YEAR, LAST_YEAR = 1900, 2200  # of a day
KINDS = {
    "record": gettext_noop("the number of a record"),
    "day": gettext_noop("a day, as 2023-12-02"),
    "instant": gettext_noop("an instant, as 2023-12-02T17:00+07:00"),
    "choice": gettext_noop("one of: %(choices)s"),
    "text": gettext_noop("a text"),
}


@dataclass(frozen=True, slots=True)
class Argument:
    """One thing that a number can be asked for: its type, and what it names, as a sentence without its subject.

    `record` is the key of a record, written as a number; `day` is written 2023-12-02, `instant` with its hour and zone;
    `choice` is one of `choices`; `text` has at most LONGEST letters. Where `several` may be given, commas stand between
    them and any of them fits. `labels` are the choices as people read them.
    """

    kind: Kind
    says: str
    choices: tuple[str, ...] = ()
    several: bool = False
    labels: Labels = field(default_factory=dict)

    @property
    def type_words(self) -> str:
        """Say in words what may be given."""
        words = _(KINDS[self.kind]) % {"choices": ", ".join(self.choices)}
        return _("%(type)s; several with commas between them") % {"type": words} if self.several else words

    def label(self, given: str) -> str:
        """Write one value of a choice as people read it; what has no label stays as it is."""
        return _(str(self.labels[given])) if given in self.labels else given

    def parts(self, given: str) -> list[str]:
        """Part what was given into its values; one that stands for itself is its only value."""
        return given.split(",") if self.several else [given]

    def fits(self, given: str) -> bool:
        """Say whether this is something of the type, or several of it where several may be given."""
        return all(self._fits(part) for part in self.parts(given))

    def _fits(self, given: str) -> bool:
        if self.kind == "record":
            return given.isascii() and given.isdecimal() and len(given) < 19
        if self.kind == "day":
            return _is_day(given)
        if self.kind == "instant":
            return _is_instant(given)
        return given in self.choices if self.kind == "choice" else 0 < len(given) <= LONGEST

    def refusal(self, given: str) -> str:
        """Say that something does not fit, and what would."""
        words = {"name": _(self.says), "given": given[:60], "wanted": self.type_words}
        return _("“%(name)s” cannot be “%(given)s”. Give %(wanted)s.") % words


def _is_day(given: str) -> bool:
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return False
    return len(given) == len("2023-12-02") and FIRST_YEAR <= found.year <= LAST_YEAR


def _is_instant(given: str) -> bool:
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        return False
    return found.tzinfo is not None and FIRST_YEAR <= found.year <= LAST_YEAR


CLASSES: Labels = dict(StateClass.choices)  # of states

# What the names mean wherever they stand; a figure says so itself where it takes something else by the same name.
TYPES: Mapping[str, Argument] = {
    "agency": Argument("record", gettext_noop("the agency")),
    "clause": Argument("record", gettext_noop("the clause")),
    "delivery": Argument("record", gettext_noop("the delivery of files")),
    "document": Argument("record", gettext_noop("one document")),
    "duty": Argument("record", gettext_noop("the duty")),
    "issued": Argument("record", gettext_noop("the issued report")),
    "measure": Argument("record", gettext_noop("the way of counting a rate")),
    "period": Argument("record", gettext_noop("the period of reporting")),
    "person": Argument("record", gettext_noop("the person")),
    "resolution": Argument("record", gettext_noop("the document under which tasks are followed")),
    "scale": Argument("record", gettext_noop("the scale of points")),
    "task": Argument("record", gettext_noop("one task")),
    "cause": Argument("text", gettext_noop("the sort of cause")),
    "group": Argument("text", gettext_noop("the group of the definition in force")),
    "kind": Argument("text", gettext_noop("the kind")),
    "outcome": Argument("text", gettext_noop("how it came out")),
    "programme": Argument("text", gettext_noop("the key of the list")),
    "state": Argument("text", gettext_noop("the state of the workflow")),
    "state_class": Argument("text", gettext_noop("the sort of state")),
    "verdict": Argument("text", gettext_noop("what came of it")),
    "which": Argument("text", gettext_noop("what is waited for")),
    "on": Argument("day", gettext_noop("the day itself")),
    "since": Argument("day", gettext_noop("the first day counted")),
    "until": Argument("day", gettext_noop("the last day counted")),
}
