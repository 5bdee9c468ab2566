"""The page of the register: documents filtered, ordered, searched, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dondoc.office import figures
from dondoc.office.figures import FigureValue
from dondoc.office.figures.tasks import Titled, from_documents
from dondoc.office.here import Here, day_asked, number_asked
from dondoc.office.models import LinkKind
from dondoc.office.queries import programmes, readings, register
from dondoc.office.queries.documents import DocumentRow
from dondoc.office.queries.register import WISHES, Order, Place
from dondoc.office.web.filters import Field, filters
from dondoc.office.web.frame import page, with_query
from dondoc.rules.search import Snippet
from dondoc.rules.text import vi_date

OWN_PEOPLE = ("open", "withdrawn")  # asked by those who see the whole office
DAYS = ("issued_from", "issued_to", "received_from", "received_to")
COLUMNS = ("received", "number", "issued", "issuer", "open")
HIERARCHIES = {"party": gettext_lazy("the Party"), "state": gettext_lazy("the State")}
LABELS = {
    "kind": gettext_lazy("Kind"),
    "issuer": gettext_lazy("Issuer"),
    "hierarchy": gettext_lazy("Hierarchy"),
    "issued_from": gettext_lazy("Issued from"),
    "issued_to": gettext_lazy("Issued up to"),
    "received_from": gettext_lazy("Received from"),
    "received_to": gettext_lazy("Received up to"),
    "incoming": gettext_lazy("Incoming number"),
    "signer": gettext_lazy("Signed by"),
    "link": gettext_lazy("What it does to another"),
    "to": gettext_lazy("Number of the other"),
    "programme": gettext_lazy("List"),
    "open": gettext_lazy("Open proposals"),
    "tasks": gettext_lazy("Tasks"),
    "late": gettext_lazy("Late tasks"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
SENTENCES = {
    "kind": gettext_lazy("of the kind %s"),
    "issuer": gettext_lazy("issued by %s"),
    "hierarchy": gettext_lazy("from the hierarchy of %s"),
    "issued_from": gettext_lazy("issued from %s"),
    "issued_to": gettext_lazy("issued up to %s"),
    "received_from": gettext_lazy("received from %s"),
    "received_to": gettext_lazy("received up to %s"),
    "incoming": gettext_lazy("with the incoming number %s"),
    "signer": gettext_lazy("signed by %s"),
    "programme": gettext_lazy("on the list “%s”"),
}
SWITCHES = {
    "open": gettext_lazy("with open proposals"),
    "tasks": gettext_lazy("with tasks"),
    "late": gettext_lazy("with late tasks"),
    "withdrawn": gettext_lazy("that were withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A document of the list, the places found in its text, its open proposals and the tasks from it."""

    row: DocumentRow
    snippets: tuple[Snippet, ...]
    open: FigureValue
    tasks: FigureValue


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the documents that fit what the address asks for, the latest issued first unless it says otherwise."""
    asked = _asked(request, here)
    order = register.order_of(request.GET.get("sort", ""), request.GET.get("way", ""))
    place = Place(number_asked(request.GET.get("after", "")), number_asked(request.GET.get("before", "")))
    size = register.FOUND_SIZE if asked.get("q", "").strip() and here.viewer.sees_all else register.SIZE
    total = figures.value("documents.total", **here.moment, arguments=asked)
    counted = None if total.value is None else int(total.value)
    found = register.page(register.wanted_of(asked), **here.moment, order=order, place=place, size=size, total=counted)
    kept = {**asked, "sort": request.GET.get("sort", ""), "way": request.GET.get("way", ""), **here.keep}
    context = {
        "found": _lines(here, found.found),
        "total": total,
        "columns": _columns(request, order, {**asked, **here.keep}),
        "filters": _filters(request, here, asked, kept),
        "pages": _pages(request, found, kept),
        "text_query": f"?q={quote(asked['q'])}" if asked.get("q") else "",
        "may_add": here.may("officer", "administrator") and not here.is_past,
        "empty": _empty(request, here, bool(asked)),
    }
    return render(request, "documents/list.html", context)


def _lines(here: Here, found: Sequence[register.Found]) -> list[Line]:
    """Give each document with the numbers of its open proposals and of the tasks from it; the latter were read."""
    rows = [one.row for one in found]
    read: dict[Any, Any] = {
        readings.tally: readings.tally(**here.moment).read([row.id for row in rows]),
        from_documents: {str(row.id): Titled(row.title, {"": row.tasks}) for row in rows},
    }
    asked = [
        *(("proposals.by_verdict", {"document": str(row.id), "verdict": "open"}) for row in rows),
        *(("tasks.assigned", {"document": str(row.id)}) for row in rows),
    ]
    numbers = figures.values(asked, **here.moment, given=read) if rows else []
    return [Line(one.row, one.snippets, numbers[n], numbers[n + len(rows)]) for n, one in enumerate(found)]


def _asked(request: HttpRequest, here: Here) -> dict[str, str]:
    """Read what the address asks for: days as browsers or papers write them; what is empty is not asked."""
    asked = {name: given for name in WISHES if (given := request.GET.get(name, "")).strip()}
    return {name: day_asked(given, here.today).isoformat() if name in DAYS else given for name, given in asked.items()}


def _columns(request: HttpRequest, order: Order, kept: dict[str, str]) -> dict[str, dict[str, str]]:
    """Say for each column how its head is linked: the same again turns the order round."""
    heads = {}
    for name in COLUMNS:
        highest_first = register.ORDERS[name][1]
        down = not order.descending if name == order.column else highest_first
        state = ("descending" if order.descending else "ascending") if name == order.column else ""
        url = with_query(request.path, {**kept, "sort": name, "way": "down" if down else "up"})
        heads[name] = {"url": url, "state": state}
    return heads


def _filters(request: HttpRequest, here: Here, asked: dict[str, str], kept: dict[str, str]) -> dict[str, Any]:
    options = _options(here)
    return filters(
        request.path,
        noun=_("Documents"),
        asked=asked,
        fields=[
            Field(name, str(LABELS[name]), options.get(name), _type(name, options))
            for name in LABELS
            if here.viewer.sees_all or name not in OWN_PEOPLE
        ],
        chips=_chips(asked, options),
        keep={key: value for key, value in kept.items() if key not in WISHES},
        clear=here.keep,
    )


def _type(name: str, options: dict[str, list[tuple[str, str]]]) -> str:
    """Say how a filter is typed, where it is not chosen."""
    return "" if name in options else "date" if name in DAYS else "text"


def _options(here: Here) -> dict[str, list[tuple[str, str]]]:
    def listed(column: str, shown: Callable[[str], str]) -> list[tuple[str, str]]:
        return [(value, shown(value)) for value in register.choices(column, **here.moment)]

    found = {
        "kind": listed("kind", str),
        "issuer": listed("issuer", str),
        "hierarchy": [(value, str(label)) for value, label in HIERARCHIES.items()],
        "link": [(value, str(label)) for value, label in LinkKind.choices],
        "programme": [(row.key, row.title) for row in programmes.programmes(**here.moment)],
    }
    return found | {name: [("1", str(label))] for name, label in SWITCHES.items()}


def _chips(asked: dict[str, str], options: dict[str, list[tuple[str, str]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Say what is asked for in pieces of one sentence, each with the wishes that it stands for."""
    chips: list[tuple[str, tuple[str, ...]]] = []
    if asked.get("q"):
        chips.append((_("with the words %(words)s") % {"words": asked["q"]}, ("q",)))
    for name in LABELS:
        value = asked.get(name, "")
        if not value or name == "link":
            continue
        if name == "to":
            does = dict(options["link"]).get(asked.get("link", ""), "") or _("naming in any way")
            chips.append((_("that do this: %(does)s %(number)s") % {"does": does, "number": value}, ("to", "link")))
        elif name in SWITCHES:
            chips.append((str(SWITCHES[name]), (name,)))
        else:
            shown = (
                vi_date(date.fromisoformat(value)) if name in DAYS else dict(options.get(name, [])).get(value, value)
            )
            chips.append((str(SENTENCES[name]) % shown, (name,)))
    return chips


def _pages(request: HttpRequest, found: register.Page, kept: dict[str, str]) -> dict[str, Any] | None:
    if found.before is None and found.after is None:
        return None
    return {
        "words": "",
        "previous_url": with_query(request.path, {**kept, "before": str(found.before)}) if found.before else "",
        "next_url": with_query(request.path, {**kept, "after": str(found.after)}) if found.after else "",
    }


def _empty(request: HttpRequest, here: Here, is_asked: bool) -> dict[str, str]:
    if not is_asked:
        return {
            "title": _("No document on record on this day"),
            "text": _("Put the first one in, or look at a later day."),
        }
    return {
        "title": _("No document found"),
        "text": _("Try other words, take a filter away, or look at a later day."),
        "action_url": with_query(request.path, here.keep),
        "action_label": _("Show all documents"),
    }
