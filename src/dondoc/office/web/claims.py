"""The figures that documents state: held against the register, against each other, and settled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.actions.claims import KINDS_OF_ONE, KINDS_OF_TWO, settle_claim
from dondoc.office.figures.claim_lines import lines, pairs
from dondoc.office.figures.claims import VERDICTS, Held, HeldPair, all_held, hold, opposed, stands
from dondoc.office.here import Here, day_asked, number_asked
from dondoc.office.models import SettlementKind
from dondoc.office.queries import claims, documents, programmes
from dondoc.office.queries.claims import Wanted
from dondoc.office.web.filters import Field, chips_of, filters, pages
from dondoc.office.web.frame import page, with_query
from dondoc.office.web.readings.heads import bindable
from dondoc.rules.text import vi_date

SIZE, PAIRS, FOLDED = 40, 20, 20
SHOWN = {
    "register": gettext_lazy("Held against the register"),
    "between": gettext_lazy("Contradictions between documents"),
    "within": gettext_lazy("Not adding up within a document"),
}
FILTERS = ("q", "document", "verdict", "figure", "settled", "day")
SETTLED = {"open": gettext_lazy("open"), "settled": gettext_lazy("settled")}


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the figures that documents state, held against the register, against each other, or within a document."""
    shown = request.GET.get("show", "register")
    shown = shown if shown in SHOWN else "register"
    parts = {"register": _register, "between": _between, "within": _within}
    found, pairs_found = all_held(**here.moment), opposed(**here.moment)
    context = {
        "shown": shown,
        "tabs": [
            {"label": label, "url": with_query(request.path, {"show": key, **here.keep}), "current": key == shown}
            for key, label in SHOWN.items()
        ],
        "may_settle": here.may("officer", "administrator") and not here.is_past,
        "numbers": _numbers(here, found, pairs_found),
        **parts[shown](request, here, found, pairs_found),
    }
    return render(request, "claims/list.html", context)


def _numbers(here: Here, found: Held, opposed_found: list[HeldPair]) -> list[figures.FigureValue]:
    asked: list[tuple[str, dict[str, str]]] = [("claims.held", {"verdict": verdict}) for verdict in VERDICTS]
    asked += [("claims.open", {}), ("claims.contradictions", {})]
    return figures.values(asked, **here.moment, given={all_held: found, opposed: opposed_found})


def _register(request: HttpRequest, here: Here, found: Held, _pairs: list[HeldPair]) -> dict[str, Any]:
    """What fits the filters, held against the register; what is settled comes folded behind it."""
    asked = _asked(request, here)
    settled = [root for (root, other), row in found.settled.items() if other is None and stands(row)]
    wanted = {**_wanted(asked), **_of_verdict(asked["verdict"], found)}
    if asked["q"].strip():
        said = claims.saying(asked["q"], **here.moment)
        wanted["among"] = [pk for pk in said if pk in wanted.get("among", said)]
    start = number_asked(request.GET.get("start", "")) or 0
    folded = [] if asked["settled"] else claims.listed(Wanted(**wanted, roots=settled), **here.moment, size=FOLDED)
    only = Wanted(**wanted, roots=settled) if asked["settled"] == "settled" else Wanted(**wanted, but_roots=settled)
    total = claims.count(only, **here.moment)
    rows = claims.listed(only, **here.moment, start=start, size=SIZE)
    known = {row.claim.id: row for row in found.bound}
    free = hold([row for row in [*rows, *folded] if row.id not in known], viewer=here.viewer, known_at=here.known_at)
    known |= {row.claim.id: row for row in free}
    more: dict[str, Any] = {"viewer": here.viewer, "known_at": here.known_at}
    return {
        "lines": lines(
            [known[row.id] for row in rows], found.settled, **more, suggest=here.may("officer", "administrator")
        ),
        "folded": lines([known[row.id] for row in folded], found.settled, **more, suggest=False),
        "settled_url": with_query(request.path, {**asked, "settled": "settled", **here.keep}),
        "kinds": _kinds(KINDS_OF_ONE),
        "bindable": bindable(here) if here.may("officer", "administrator") else [],
        "filters": _filters(request, here, asked, found),
        "pages": pages(request.path, {**asked, **here.keep}, start=start, total=total, size=SIZE),
        "back": request.get_full_path(),
        "empty": {
            "title": _("No stated figure fits"),
            "text": _("Take a filter away, or look at a later day: figures are shown from the day of their document."),
            "action_url": with_query(request.path, here.keep),
            "action_label": _("Show all stated figures"),
        },
    }


def _asked(request: HttpRequest, here: Here) -> dict[str, str]:
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    if number_asked(asked["document"]) is None:
        asked["document"] = ""
    if asked["day"]:
        asked["day"] = day_asked(asked["day"], here.today).isoformat()
    asked["verdict"] = asked["verdict"] if asked["verdict"] in VERDICTS else ""
    asked["settled"] = asked["settled"] if asked["settled"] in SETTLED else ""
    return asked


def _wanted(asked: dict[str, str]) -> dict[str, Any]:
    key, programme, group = (asked["figure"] + "||").split("|")[:3]
    return {
        "document": number_asked(asked["document"]) if asked["document"] else None,
        "day": asked["day"] or None,
        "figure": None if not key else "" if key == "none" else key,
        "programme": programme or None,
        "group": group or None,
    }


def _of_verdict(verdict: str, found: Held) -> dict[str, Any]:
    """Which claims have a verdict: those that were computed are named, all others cannot be."""
    if verdict in {"agrees", "differs"}:
        return {"among": [row.claim.id for row in found.of(verdict)]}
    computed = [row.claim.id for row in (*found.of("agrees"), *found.of("differs"))]
    return {"but": computed} if verdict else {}


def _filters(request: HttpRequest, here: Here, asked: dict[str, str], found: Held) -> dict[str, Any]:
    held = {}
    for row in found.bound:
        group, programme = row.claim.arguments.get("group", ""), row.claim.arguments.get("programme", "")
        label = row.computed.label if row.computed and row.computed.value is not None else (group or row.claim.figure)
        held[f"{row.claim.figure}|{programme}|{group}"] = label
    titles = {row.key: row.title for row in programmes.programmes(**here.moment)}
    named = [
        (value, ": ".join(filter(None, (titles.get(value.split("|")[1], ""), label)))) for value, label in held.items()
    ]
    options = {
        "document": [(str(pk), title) for pk, title in claims.stating(**here.moment)],
        "verdict": [(key, _(label)) for key, label in VERDICTS.items()],
        "figure": [("none", _("no figure named")), *sorted(named, key=lambda option: option[1])],
        "settled": [(key, str(label)) for key, label in SETTLED.items()],
        "day": [(day.isoformat(), vi_date(day)) for day in claims.days(**here.moment)],
    }
    labels = {
        "document": _("Document"),
        "verdict": _("Verdict"),
        "figure": _("Figure"),
        "settled": _("Settled"),
        "day": _("Day"),
    }
    sentences = {
        "document": _("in %s"),
        "verdict": _("that: %s"),
        "figure": _("held against: %s"),
        "settled": "%s",
        "day": _("of %s"),
    }
    return filters(
        request.path,
        noun=_("Stated figures"),
        asked=asked,
        fields=[Field(name, labels[name], listed) for name, listed in options.items()],
        chips=chips_of(asked, sentences, lambda name, value: dict(options[name]).get(value, value)),
        keep=here.keep,
    )


def _kinds(kinds: tuple[SettlementKind, ...]) -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in kinds if kind != SettlementKind.OPEN]


def _between(request: HttpRequest, here: Here, _held: Held, found: list[HeldPair]) -> dict[str, Any]:
    """The pairs that contradict each other; what is settled comes behind."""
    document = number_asked(request.GET.get("document", ""))
    if document is not None:
        found = [row for row in found if document in {row.pair.first.document_id, row.pair.second.document_id}]
    ordered = sorted(found, key=lambda row: stands(row.settlement))
    start = number_asked(request.GET.get("start", "")) or 0
    kept = {"show": "between", "document": request.GET.get("document", ""), **here.keep}
    return {
        "pairs": pairs(ordered[start : start + PAIRS], viewer=here.viewer, known_at=here.known_at),
        "kinds": _kinds(KINDS_OF_TWO),
        "pages": pages(request.path, kept, start=start, total=len(ordered), size=PAIRS),
        "back": request.get_full_path(),
        "only": documents.document(document, **here.moment).title if document is not None else "",
    }


def _within(_request: HttpRequest, here: Here, _held: Held, _pairs: list[HeldPair]) -> dict[str, Any]:
    """The sums within one document that do not come out."""
    return {"checks": claims.unsound(**here.moment)}


@require_POST
@page
def settle(request: HttpRequest, here: Here, claim_id: int) -> HttpResponse:
    """Settle a difference with a reason, or open it again."""
    other = number_asked(request.POST.get("other", ""))
    kind = request.POST.get("kind", "")
    settle_claim(claim_id, other, kind=kind, reason=request.POST.get("reason", ""), actor=here.actor)
    opened = kind == SettlementKind.OPEN
    messages.success(request, _("The difference is open again.") if opened else _("The difference is settled."))
    back = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if ours else "claims")
