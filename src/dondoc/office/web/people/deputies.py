"""Acting for another: who stands in for whom, and beginning or stopping to do so."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.office.access import Refused
from dondoc.office.actions.people import NewDeputy, end_deputy, lay_down_deputy
from dondoc.office.here import ACTING, Here, number_asked
from dondoc.office.queries import notices, people
from dondoc.office.web.forms import DayInput, attempt, choice, line, offer
from dondoc.office.web.frame import of_a_day, page


class DeputyForm(forms.Form):
    """Who stands in for whom, and on which days."""

    user = forms.TypedChoiceField(label=gettext_lazy("In place of"), coerce=int, widget=choice())
    deputy = forms.TypedChoiceField(label=gettext_lazy("Who stands in"), coerce=int, widget=choice())
    first = forms.DateField(label=gettext_lazy("From"), widget=DayInput(ahead=True))
    last = forms.DateField(label=gettext_lazy("Up to and including"), widget=DayInput(ahead=True))
    reason = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=300, widget=line())


def _form(request: HttpRequest, here: Here) -> DeputyForm:
    """Make the form with the people that this person may name: an administrator all, others their own circle."""
    sent = request.POST if request.method == "POST" else None
    form = DeputyForm(sent, initial={"user": here.user.pk, "first": here.today})
    rows = people.accounts(viewer=here.viewer, as_of=here.today)
    offered = [("", _("choose"))] + [(str(row.id), f"{row.name} ({row.roles})") for row in rows]
    own = [(str(here.user.pk), str(here.user))]
    offer(form, "user", offered if here.may("administrator") else own)
    offer(form, "deputy", [one for one in offered if one[0] != own[0][0] or here.may("administrator")])
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@page
def deputies(request: HttpRequest, here: Here) -> HttpResponse:
    """List who stands in for whom on the day, and lay down that somebody does."""
    may_lay_down = here.stands_for is None and not here.is_past
    form = _form(request, here) if may_lay_down else None
    if request.method == "POST":
        if form is None:
            raise Refused(_("You are acting for somebody yourself. Stop that first, then say who stands in for you."))
        if form.is_valid():
            new = NewDeputy(
                user_id=form.cleaned_data["user"],
                deputy_id=form.cleaned_data["deputy"],
                first=form.cleaned_data["first"],
                last=form.cleaned_data["last"],
                reason=form.cleaned_data["reason"],
            )
            if attempt(form, lambda: lay_down_deputy(new, actor=here.actor)):
                messages.success(request, _("Recorded. Both were told; the log will name both."))
                return redirect("deputies")
    rows = people.deputies(**here.moment)
    own = here.user.pk
    context = {
        "rows": rows,
        "form": form,
        "may_end": {row.id for row in rows if here.may("administrator") or own in (row.user_id, row.deputy_id)}
        if may_lay_down
        else set(),
        "may_act": {row.id for row in rows if row.state == "now" and row.deputy_id == own} if may_lay_down else set(),
    }
    return render(request, "people/deputies.html", context, status=422 if form and form.errors else 200)


@require_POST
@page
def end(request: HttpRequest, here: Here, deputy_id: int) -> HttpResponse:
    """End from today on that somebody stands in for another."""
    end_deputy(deputy_id, actor=here.actor)
    messages.success(request, _("Ended from today on."))
    return redirect("deputies")


@require_GET
@page
def notice(request: HttpRequest, here: Here, deputy_id: int, told_id: int) -> HttpResponse:
    """Show what somebody was told for whom one stands in, and offer to act in that person's place."""
    acting = people.acting(deputy_id, here.user, here.office, on=here.today)
    if acting is None:
        raise Refused(_("You do not stand in for this person any more: the work is that person's again."))
    user, viewer = acting
    found = notices.notice(told_id, viewer=viewer)
    if here.stands_for == user:
        return redirect(found.url)
    context = {"row": found, "name": str(user), "deputy_id": deputy_id, "told_id": told_id}
    return render(request, "notices/in_place.html", context)


@require_POST
@of_a_day
@page
def act(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin to act for another, or stop: what is read and written from now on is by that person's rights."""
    wanted = number_asked(request.POST.get("deputy", ""))
    if wanted is None:
        if request.session.pop(ACTING, None) is not None:
            messages.success(request, _("You act in your own name again."))
        return redirect("board")
    if here.stands_for is not None:
        raise Refused(_("You act for somebody already. Stop that first."))
    acting = people.acting(wanted, here.user, here.office, on=here.today)
    if acting is None:
        raise Refused(_("You do not stand in for this person today. Look at who stands in for whom."))
    request.session[ACTING] = wanted
    told_id = number_asked(request.POST.get("notice", ""))
    return redirect("board" if told_id is None else notices.notice(told_id, viewer=acting[1]).url)
