"""The notices of a person: the bell in the head, the list, and how the person wants to be told."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dondoc.office import figures
from dondoc.office.actions.notices import mark_read, set_wish
from dondoc.office.here import Here, number_asked
from dondoc.office.models import MailWish
from dondoc.office.queries import agencies, notices
from dondoc.office.web.forms import attempt, choice, line
from dondoc.office.web.frame import of_a_day, page

SIZE = 50


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List what a person was told, the unread first."""
    skip = number_asked(request.GET.get("from", "")) or 0
    found = notices.notices(viewer=here.viewer, on=here.today, size=SIZE + 1, skip=skip)
    context = {
        "rows": found[:SIZE],
        "may_mark": here.stands_for is None,
        # What is listed is of now, whatever day is looked at: so is its number.
        "unread": figures.value("notices.unread", viewer=here.viewer, as_of=here.today, known_at=None, arguments={}),
        "has_unread": any(not row.is_read for row in found[:SIZE]),
        "older": skip + SIZE if len(found) > SIZE else None,
        "newer": max(skip - SIZE, 0) if skip else None,
        "is_later_page": skip > 0,
    }
    return render(request, "notices/list.html", context)


@require_GET
@page
def unread(request: HttpRequest, here: Here) -> HttpResponse:
    """Say how many notices are unread, for the bell of a page that stays open."""
    count = notices.head(on=here.today, **here.moment).unread
    return JsonResponse({"count": count, "label": bell_label(count)})


def bell_label(count: int) -> str:
    """Say in words what the bell shows."""
    if not count:
        return _("Notices: all read")
    return ngettext("Notices: %(count)d unread", "Notices: %(count)d unread", count) % {"count": count}


@require_GET
@of_a_day
@page
def show(request: HttpRequest, here: Here, notice_id: int) -> HttpResponse:
    """Open what a notice is about; it counts as read from now on."""
    found = notices.notice(notice_id, viewer=here.viewer)
    mark_read([found.id], viewer=here.viewer, now=timezone.now())
    return redirect(found.url)


@require_POST
@of_a_day
@page
def read(request: HttpRequest, here: Here) -> HttpResponse:
    """Mark the ticked notices as read, or all."""
    ids = [key for text in request.POST.getlist("notice") if (key := number_asked(text)) is not None]
    count = mark_read(None if "all" in request.POST else ids, viewer=here.viewer, now=timezone.now())
    said = ngettext("%(count)d notice was marked as read.", "%(count)d notices were marked as read.", count)
    messages.success(request, said % {"count": count})
    return redirect("notices")


class WishForm(forms.Form):
    """How somebody wants to be told."""

    mail = forms.ChoiceField(label=gettext_lazy("Mail"), choices=MailWish.choices, widget=choice())
    address = forms.CharField(
        label=gettext_lazy("Mail address"),
        required=False,
        max_length=254,
        widget=line(type="email", autocomplete="email"),
        help_text=gettext_lazy("Mails hold the titles of the work and addresses in this program, nothing else."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_day
@page
def preferences(request: HttpRequest, here: Here) -> HttpResponse:
    """Show and change how a person is told; the calendars of the person are beside it."""
    initial = {"mail": notices.wish(viewer=here.viewer), "address": here.user.email}
    form = WishForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        if attempt(form, lambda: set_wish(mail=sent["mail"], address=sent["address"], viewer=here.viewer)):
            messages.success(request, _("Saved."))
            return redirect("notice_preferences")
    return settings_page(request, here, form=form)


def settings_page(request: HttpRequest, here: Here, *, form: WishForm | None = None, secret: str = "") -> HttpResponse:
    """Show how a person is told and the person's calendars; `secret` is an address that is shown this once."""
    if form is None:
        form = WishForm(initial={"mail": notices.wish(viewer=here.viewer), "address": here.user.email})
    context = {
        "form": form,
        "is_own": here.stands_for is None,
        "mail_ready": settings.DONDOC_MAIL_READY,
        "feeds": notices.feeds(viewer=here.viewer, as_of=here.today),
        "agencies": agencies.agencies(viewer=here.viewer, as_of=here.today, known_at=None),
        "sees_all": here.viewer.sees_all,
        "may_see_mails": here.may("administrator"),
        "secret": secret,
    }
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)
