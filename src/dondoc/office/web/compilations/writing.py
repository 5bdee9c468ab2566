"""The page on which several people write a report: its sections on the left, the paper that it will be on the right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.access import Refused, require
from dondoc.office.actions import compilations as actions
from dondoc.office.actions.compilations import SectionWords
from dondoc.office.here import AddressRefused, Here, number_asked
from dondoc.office.models import Passage
from dondoc.office.queries import compilations
from dondoc.office.queries.compilations import Overwritten
from dondoc.office.web.compilations.sheet import Typed, context
from dondoc.office.web.frame import page


@require_GET
@page
def show(request: HttpRequest, here: Here, compilation_id: int) -> HttpResponse:
    """Show a report in the making: its sections, what is offered for each, and the paper beside."""
    row = compilations.compilation(compilation_id, **here.moment)
    return render(request, "compilations/page.html", context(row, here))


@require_POST
@page
def passage(request: HttpRequest, here: Here, compilation_id: int) -> HttpResponse:
    """Write a passage, change one, or take one away; what somebody else wrote meanwhile is shown beside it."""
    require(here.actor, *actions.WRITERS)
    section, text = request.POST.get("section", ""), request.POST.get("text", "")
    replaces = _number(request, "replaces")
    taken_away = "take_away" in request.POST
    try:
        actions.write_passage(compilation_id, section, "" if taken_away else text, actor=here.actor, replaces=replaces)
    except Refused as refusal:
        now = refusal.now if isinstance(refusal, Overwritten) else None
        if taken_away or not text.strip() or (replaces is not None and now is None and not _stands(refusal)):
            raise
        seen = now.pk if isinstance(now, Passage) else replaces
        typed = Typed(section, text, seen, str(refusal), now.text if isinstance(now, Passage) else None)
        row = compilations.compilation(compilation_id, **here.moment)
        return render(request, "compilations/page.html", context(row, here, typed=typed), status=422)
    messages.success(request, _("Taken away. It stays in the history.") if taken_away else _("Written down."))
    return _back(compilation_id, section)


def _stands(refusal: Refused) -> bool:
    return not isinstance(refusal, compilations.NoSuchCompilation)


@require_POST
@page
def take(request: HttpRequest, here: Here, compilation_id: int) -> HttpResponse:
    """Take over what agencies reported into a section: one report, or all that are offered."""
    section = request.POST.get("section", "")
    steps = [step for step in map(number_asked, request.POST.getlist("step")) if step is not None]
    n = actions.take_over(compilation_id, section, steps, on=here.today, actor=here.actor)
    messages.success(request, _("Taken over with its source: %(n)d.") % {"n": n})
    return _back(compilation_id, section)


@require_POST
@page
def move_a_passage(request: HttpRequest, here: Here, compilation_id: int) -> HttpResponse:
    """Move a passage up or down within its section."""
    passage_id = _number(request, "passage")
    actions.move_passage(compilation_id, passage_id or 0, up="up" in request.POST, actor=here.actor)
    return _back(compilation_id, request.POST.get("section", ""))


@require_POST
@page
def section(request: HttpRequest, here: Here, compilation_id: int) -> HttpResponse:
    """Lay down of a section its heading, who answers for it, and whether it is left out.

    Where somebody else was quicker, the heading that was typed is said with what happened.
    """
    key = request.POST.get("section", "")
    words = SectionWords(
        heading=request.POST.get("heading", ""),
        owner_id=_number(request, "owner"),
        left_out="left_out" in request.POST,
    )
    replaces = _number(request, "replaces")
    try:
        actions.lay_down_section(compilation_id, key, words, actor=here.actor, replaces=replaces)
    except Overwritten as refusal:
        if not words.heading.strip():
            raise
        told = {"why": str(refusal), "heading": words.heading.strip()}
        raise Refused(_("%(why)s The heading that you typed: “%(heading)s”.") % told) from refusal
    return _said(request, compilation_id, key, _("The section is laid down."))


@require_POST
@page
def add_a_section(request: HttpRequest, here: Here, compilation_id: int) -> HttpResponse:
    """Add a section of free text."""
    owner = _number(request, "owner")
    row = actions.add_section(compilation_id, request.POST.get("heading", ""), actor=here.actor, owner_id=owner)
    return _said(request, compilation_id, row.key, _("The section is added."))


@require_POST
@page
def move_a_section(request: HttpRequest, here: Here, compilation_id: int) -> HttpResponse:
    """Move a section up or down."""
    key = request.POST.get("section", "")
    actions.move_section(compilation_id, key, up="up" in request.POST, actor=here.actor)
    return _back(compilation_id, key)


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    if not given:
        return None
    found = number_asked(given)
    if found is None:
        raise AddressRefused(_("The form holds something that no page can have put there. Load the page again."))
    return found


def _said(request: HttpRequest, compilation_id: int, key: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return _back(compilation_id, key)


def _back(compilation_id: int, section: str) -> HttpResponse:
    answer = redirect("compilation", compilation_id)
    if section.replace("-", "").isalnum():
        answer["Location"] += f"#section-{section}"
    return answer
