"""Posts of an agency: who holds and held them, entering and ending that, and which account is whose."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dondoc.office.access import Refused
from dondoc.office.actions import people as actions
from dondoc.office.here import Here
from dondoc.office.queries import agencies, people
from dondoc.office.web.forms import DayInput, attempt, choice, line, offer
from dondoc.office.web.frame import page


class HoldForm(forms.Form):
    """Who holds which post since when."""

    title = forms.CharField(label=gettext_lazy("Post"), max_length=300, widget=line(list="known-posts"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, widget=line())
    since = forms.DateField(label=gettext_lazy("Since"), widget=DayInput())
    until = forms.DateField(label=gettext_lazy("Not any more from"), required=False, widget=DayInput())


class EndForm(forms.Form):
    """From which day on a post is not held any more."""

    on = forms.DateField(
        label=gettext_lazy("Not any more from"),
        widget=DayInput(),
        help_text=gettext_lazy("The day on which it was taken up says that it was entered by mistake."),
    )


class AccountForm(forms.Form):
    """With which account a person signs in."""

    user = forms.TypedChoiceField(
        label=gettext_lazy("Account"), coerce=int, empty_value=None, required=False, widget=choice()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def posts(request: HttpRequest, here: Here, agency_id: int) -> HttpResponse:
    """Show the posts of an agency with their holders by the day, and enter one."""
    agency = agencies.agency(agency_id, **here.moment)
    may_enter = here.may("administrator", "officer") and not here.is_past
    form = HoldForm(request.POST if request.method == "POST" else None, initial={"since": here.today})
    if request.method == "POST":
        if not may_enter:
            raise Refused(_("Who holds a post is recorded by an administrator or a compiling officer."))
        if form.is_valid() and attempt(form, lambda: _hold(form, agency_id, here)):
            messages.success(request, _("Recorded."))
            return redirect("agency_posts", agency_id)
    context = {
        "agency": agency,
        "rows": people.posts(agency_id, **here.moment),
        "form": form if may_enter else None,
        "may_tie": here.may("administrator") and not here.is_past,
    }
    return render(request, "people/posts.html", context, status=422 if form.errors else 200)


def _hold(form: HoldForm, agency_id: int, here: Here) -> None:
    sent = form.cleaned_data
    actions.hold_post(
        name=sent["name"],
        title=sent["title"],
        agency=agency_id,
        on=sent["since"],
        until=sent["until"],
        actor=here.actor,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page
def end_holding(request: HttpRequest, here: Here, holding_id: int) -> HttpResponse:
    """Record from which day on a post is not held any more."""
    held = people.holder(holding_id, **here.moment)
    if not here.may("administrator", "officer") or here.is_past:
        raise Refused(_("Who holds a post is recorded by an administrator or a compiling officer, today."))
    form = EndForm(request.POST if request.method == "POST" else None, initial={"on": here.today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["on"]
        if attempt(form, lambda: actions.end_holding(holding_id, on=day, actor=here.actor)):
            messages.success(request, _("Recorded."))
            return redirect("agency_posts", held.agency_id)
    context = {
        "form": form,
        "title": _("A post is not held any more"),
        "says": f"{held.name} · {held.title}",
        "label": _("Record it"),
        "agency": agencies.agency(held.agency_id, **here.moment),
    }
    return render(request, "people/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def account(request: HttpRequest, here: Here, holding_id: int) -> HttpResponse:
    """Say with which account the holder of a post signs in."""
    held = people.holder(holding_id, **here.moment)
    if not here.may("administrator") or here.is_past:
        raise Refused(_("Accounts are an administrator's. Ask the administrator of your office."))
    rows = people.accounts(viewer=here.viewer, as_of=here.today)
    tied = next((row.id for row in rows if row.person_id == held.person_id), None)
    form = AccountForm(request.POST if request.method == "POST" else None, initial={"user": tied})
    offer(form, "user", [("", _("no account"))] + [(str(row.id), f"{row.name} ({row.roles})") for row in rows])
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["user"]
        if attempt(form, lambda: actions.tie_account(held.person_id, user_id=chosen, on=here.today, actor=here.actor)):
            messages.success(request, _("Recorded."))
            return redirect("agency_posts", held.agency_id)
    context = {
        "form": form,
        "title": _("The account of %(name)s") % {"name": held.name},
        "says": _("With it the person is told of the work that he or she is named for."),
        "label": _("Save"),
        "agency": agencies.agency(held.agency_id, **here.moment),
    }
    return render(request, "people/ask.html", context, status=422 if form.errors else 200)
