"""What a page says of the six that must be clear ("6 rõ"): one sentence for each that is missing, and where to give it.

The form of a new task leads to its own fields, the pages of a task and a duty to the pages where it can be mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dondoc.office.here import Here
from dondoc.office.queries import clarity
from dondoc.office.queries.clarity import Missing
from dondoc.office.queries.tasks import TaskHead
from dondoc.office.web.forms import names
from dondoc.rules.clarity import Given, unclear


@dataclass(frozen=True, slots=True)
class Lack:
    """One of the six that is missing: its label, the sentence, and the link to where it is given, if there is one."""

    label: str
    sentence: str
    url: str = ""
    words: str = ""


# The field of the form in which each is typed.
FIELDS = {"who": "id_lead", "what": "id_title", "when": "id_due_kind", "answers": "id_lead", "product": "id_product"}


def in_form(typed: Mapping[str, Any], *, given_by: str, classes: frozenset[str], on: date) -> list[Lack]:
    """Say what a task that is just being typed lacks; each leads to its field.

    `typed` are the fields as far as they can be read, `classes` the names in the register that name a whole class.
    """
    leads = tuple(typed.get("lead") or ())
    given = Given(
        title=typed.get("title") or "",
        leads=leads,
        classes=frozenset(name for name in leads if name in classes or name.casefold().startswith("các ")),
        has_due=typed.get("due") is not None,
        product=typed.get("product") or "",
        given_by=given_by,
        staged=frozenset(leads if len(names(typed.get("stages") or "")) == len(leads) else ()),
    )
    words = {
        "who": _("Name one agency that leads"),
        "what": _("Write what must be done"),
        "when": _("Give a due day"),
        "answers": _("Leave one lead, or name the stages"),
        "product": _("Name the product"),
    }
    return [
        Lack(point.label, point.missing, f"#{FIELDS[point.key]}", words[point.key])
        if point.key in FIELDS
        else Lack(
            point.label, point.missing, reverse("documents"), _("Enter it from the document or note that says so")
        )
        for point in unclear(given, on=on)
    ]


def part(here: Here, task: TaskHead) -> list[Lack]:
    """Say what a task on record lacks; whoever assigns work is led to where it is given."""
    found = clarity.missing(task, as_of=here.as_of, known_at=here.known_at)
    mends = here.may("officer", "administrator") and not here.is_past
    return [Lack(row.label, row.sentence, *(_where(row) if mends else ("", ""))) for row in found]


def _where(row: Missing) -> tuple[str, str]:
    """Give the address at which a point is given, and the words of the link; nothing where no page gives it."""
    duty, document = row.duty_id or 0, row.document_id or 0
    if row.task_id is not None:
        return reverse("task_product", args=[row.task_id]), _("Name the product")
    found = {
        "who": ("duty_hand_over", duty, "", _("Pass it to one agency")),
        "when": ("duty_due", duty, "", _("Set a due day")),
        "answers": ("duty", duty, "#step-title", _("End this lead, then add it as a coordinator")),
        "product": ("reading", document, f"#at-{row.start}", _("Withdraw the acceptance, then accept with a product")),
        "authority": ("document_correct", document, "", _("Name the issuer of the document")),
    }
    name, key, place, words = found.get(row.key, ("", 0, "", ""))
    if row.key == "authority" and not key:
        return reverse("documents"), _("Tie it to a clause of the document that gives it")
    return (reverse(name, args=[key]) + place, words) if key else ("", "")
