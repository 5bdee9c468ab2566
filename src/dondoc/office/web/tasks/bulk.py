"""The same step for many tasks at once: what was ticked, one form, and why some of them cannot take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.office.access import Refused, require
from dondoc.office.actions.bulk import (
    MOST,
    BulkRefused,
    Seen,
    hand_over_many,
    move_many,
    put_many_on_programme,
    set_due_of_many,
    take_many_off_programme,
)
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import agencies, documents, programmes, wishes
from dondoc.office.queries.wishes import ListRow
from dondoc.office.web.dues.rule import DueRuleField
from dondoc.office.web.forms import DayInput, choice, line, offer, words
from dondoc.office.web.frame import page
from dondoc.office.web.programmes import TakeOffForm
from dondoc.office.web.tasks.listing import shown_by
from dondoc.rules.deadlines import DueRule

SHOWN = 12  # rows that the page lists before it folds the others


class MoveForm(forms.Form):
    """Into which state, since when, with what note."""

    to_state = forms.ChoiceField(label=gettext_lazy("New state"), widget=choice())
    on = forms.DateField(label=gettext_lazy("Since"), widget=DayInput())
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=1000, widget=words(rows=2))


class DueForm(forms.Form):
    """By when, and why."""

    due = DueRuleField(
        label=gettext_lazy("New due day"),
        required=False,
        help_text=gettext_lazy("Left empty, there is no due day any more. The first due day stays on record."),
    )
    words = forms.CharField(
        label=gettext_lazy("Why, or by which document"), max_length=300, widget=line(autocomplete="off")
    )


class HandOverForm(forms.Form):
    """To which agency, since when, why."""

    agency = forms.ChoiceField(label=gettext_lazy("To the agency"), widget=choice())
    reason = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=1000, widget=words(rows=2))
    basis = forms.ChoiceField(label=gettext_lazy("By which document"), required=False, widget=choice())
    due = DueRuleField(label=gettext_lazy("Due, if by another day"), required=False, may_be_none=False)


class ProgrammeForm(forms.Form):
    """On which list."""

    programme = forms.ChoiceField(label=gettext_lazy("List"), widget=choice())


class OffProgrammeForm(TakeOffForm):
    """Off which list, from which day on or as a mistake, and why."""

    programme = forms.ChoiceField(label=gettext_lazy("Off the list"), widget=choice())
    field_order = ("programme", "how", "off_on", "reason")


@dataclass(frozen=True, slots=True)
class Deed:
    """A step for many: its title and its button in numbers, and what it asks for."""

    form: type[forms.Form]
    title: Any
    button: Any


DEEDS = {
    "move": Deed(MoveForm, gettext_lazy("Move many to a state"), lambda n: ngettext("Move %(n)d", "Move %(n)d", n)),
    "due": Deed(
        DueForm,
        gettext_lazy("Set the due day of many"),
        lambda n: ngettext("Set the due day of %(n)d", "Set the due day of %(n)d", n),
    ),
    "hand-over": Deed(
        HandOverForm,
        gettext_lazy("Pass many to another agency"),
        lambda n: ngettext("Pass %(n)d on", "Pass %(n)d on", n),
    ),
    "programme": Deed(
        ProgrammeForm,
        gettext_lazy("Put many on a list"),
        lambda n: ngettext("Put %(n)d on the list", "Put %(n)d on the list", n),
    ),
    "off-programme": Deed(
        OffProgrammeForm,
        gettext_lazy("Take many off a list"),
        lambda n: ngettext("Take %(n)d off the list", "Take %(n)d off the list", n),
    ),
}


@page
def bulk(request: HttpRequest, here: Here, deed: str) -> HttpResponse:
    """Take one step for everything that was ticked: asked for by GET, taken by POST, all of it or nothing."""
    if deed not in DEEDS:
        raise Http404
    require(here.actor, "officer", "administrator")
    if here.is_past:
        raise Refused(
            _("You are looking at the past, where nothing can be recorded. Go back to today, then do it again.")
        )
    rows, missing = _chosen(request, here)
    back = _back(request)
    form = _form(deed, request, here, rows)
    refused: dict[int, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            n = _do(deed, _seen(request), form, here)
        except BulkRefused as refusal:
            form.add_error(None, str(refusal))
            refused = {one.duty_id: one.why for one in refusal.refusals}
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, ngettext("Recorded for %(n)d.", "Recorded for %(n)d.", n) % {"n": n})
            return redirect(back)
    context = _context(deed, rows, form, refused) | {"back": back, "missing": missing}
    return render(request, "tasks/bulk.html", context, status=422 if form.errors else 200)


def _context(deed: str, rows: Sequence[ListRow], form: forms.Form, refused: dict[int, str]) -> dict[str, Any]:
    able = [row for row in rows if row.duty.id not in refused]
    held = [(row, refused[row.duty.id]) for row in rows if row.duty.id in refused]
    return {
        "title": DEEDS[deed].title,
        "button": DEEDS[deed].button(len(rows)) % {"n": len(rows)},
        "numbers": _numbers(rows),
        "form": form,
        "duties": _written(rows),
        "first": rows[:SHOWN],
        "others": rows[SHOWN:],
        "refused": held,
        "able": _written(able) if held and able else "",
        "able_button": DEEDS[deed].button(len(able)) % {"n": len(able)},
    }


def _numbers(rows: Sequence[ListRow]) -> str:
    """Say in numbers what the step is about: how many, of how many agencies, in which states."""
    states = Counter(row.duty.state_label for row in rows)
    said = ngettext("%(n)d piece of work", "%(n)d pieces of work", len(rows)) % {"n": len(rows)}
    of = len({row.duty.agency_id for row in rows})
    agencies_said = ngettext("of %(n)d agency", "of %(n)d agencies", of) % {"n": of}
    return f"{said} {agencies_said}: {', '.join(f'{n} {label}' for label, n in states.most_common())}."


def _chosen(request: HttpRequest, here: Here) -> tuple[list[ListRow], int]:
    """Give what was ticked, or everything that fits the list's filters; and how many of it are not there any more."""
    if request.method == "GET" and request.GET.get("all"):
        shown = shown_by(request, here)
        if shown.asked.unknown:
            raise Refused(
                _("Part of the filters was not understood: mend them before a step is taken for all that fit.")
            )
        found = wishes.listed(shown.asked.wish, size=MOST + 1, **here.moment)
        if found.total > MOST:
            raise Refused(_("At most %(most)d at once. Take a filter more, then do it in parts.") % {"most": MOST})
        return list(found.rows), 0
    given = [number_asked(text) for text in request.GET.getlist("duty")] if request.method == "GET" else []
    ids = [key for key in given if key is not None] or [one.duty_id for one in _seen(request)]
    if not ids:
        raise Refused(_("Nothing is ticked. Tick what the step is meant for."))
    if len(ids) > MOST:
        raise Refused(_("At most %(most)d at once. Take a filter more, then do it in parts.") % {"most": MOST})
    rows = wishes.chosen(ids, **here.moment)
    if not rows:
        raise Refused(_("There is no such duty on this day, or it belongs to another agency."))
    return rows, len(set(ids)) - len(rows)


def _seen(request: HttpRequest) -> list[Seen]:
    """Read which duties the form was shown with, and in which states."""
    found = []
    for part in request.POST.get("duties", "").split(","):
        key, _colon, state = part.partition(":")
        number = number_asked(key)
        if number is not None:
            found.append(Seen(number, state))
    return found


def _written(rows: Sequence[ListRow]) -> str:
    return ",".join(f"{row.duty.id}:{row.duty.state}" for row in rows)


def _form(deed: str, request: HttpRequest, here: Here, rows: Sequence[ListRow]) -> forms.Form:
    begins = {"on": here.today, "off_on": here.today, **_first(deed, request, rows)}
    form = DEEDS[deed].form(request.POST or None, initial=begins)
    if deed == "move":
        offer(form, "to_state", _states(rows, here))
    elif deed == "hand-over":
        every = agencies.agencies(**here.moment)
        offer(
            form, "agency", [("", "–"), *((str(a.id), a.name) for a in every if not a.is_class and a.ended_on is None)]
        )
        offer(form, "basis", [("", "–"), *documents.recent(viewer=here.viewer, as_of=here.today)])
    elif deed == "off-programme":
        listed = programmes.with_any([row.task_id for row in rows], **here.moment)
        if not listed:
            raise Refused(_("None of these stands on a list. Go back to the tasks and tick those that do."))
        offer(form, "programme", listed if len(listed) == 1 else [("", "–"), *listed])
    elif deed == "programme":
        offer(form, "programme", [("", "–"), *((row.key, row.title) for row in programmes.programmes(**here.moment))])
    return form


def _first(deed: str, request: HttpRequest, rows: Sequence[ListRow]) -> dict[str, Any]:
    """Fill the form with what is so already: the due day of all of them, the state or the list that was asked for."""
    if deed == "due":
        days = {row.duty.due for row in rows}
        day = days.pop() if len(days) == 1 else None
        return {"due": DueRule("day", day)} if day is not None else {}
    if deed == "off-programme":
        # Whoever ticked them on a list means that list.
        return {"programme": QueryDict(urlsplit(_back(request)).query).get("programme", "")}
    return {"to_state": request.GET.get("to_state", "")}


def _states(rows: Sequence[ListRow], here: Here) -> list[tuple[str, str]]:
    """List the states into which some of the rows may go, and into how many of them it leads."""
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for found in wishes.steps(rows, viewer=here.viewer, as_of=here.today).values():
        for state in found.all:
            counts[state.code] += 1
            labels[state.code] = state.label
    some = _("%(state)s (%(n)d of %(all)d can)")
    return [
        (code, labels[code] if n == len(rows) else some % {"state": labels[code], "n": n, "all": len(rows)})
        for code, n in counts.most_common()
    ]


def _do(deed: str, seen: Sequence[Seen], form: forms.Form, here: Here) -> int:
    data: dict[str, Any] = form.cleaned_data
    if isinstance(form, OffProgrammeForm):
        step = {"off_on": form.end, "reason": data["reason"], "today": here.today}
        return take_many_off_programme(seen, data["programme"], **step, actor=here.actor)
    if deed == "move":
        step = {"to_state": data["to_state"], "on": data["on"], "note": data["note"]}
        return move_many(seen, **step, today=here.today, actor=here.actor)
    if deed == "due":
        return set_due_of_many(seen, due=data["due"], words=data["words"], on=here.today, actor=here.actor)
    if deed == "hand-over":
        basis = int(data["basis"]) if data["basis"] else None
        passed = {"agency_id": int(data["agency"]), "reason": data["reason"], "basis_id": basis, "due": data["due"]}
        return hand_over_many(seen, **passed, on=here.today, actor=here.actor)
    key = data["programme"]
    return put_many_on_programme(seen, key, on=here.today, actor=here.actor)


def _back(request: HttpRequest) -> str:
    """Give the list from which the step was asked for."""
    wanted = request.POST.get("back") or request.GET.get("back") or request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and "/bulk/" not in wanted else "/tasks/"
