"""The mails of an office, for its administrators: what became of each, and sending one again."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.office.actions.notices import send_again
from dondoc.office.here import Here, number_asked
from dondoc.office.models import MailOutcome
from dondoc.office.queries import notices
from dondoc.office.web.frame import page

SIZE = 50
COUNTED = ("sent", "waiting", "failed")


@require_GET
@page
def mails(request: HttpRequest, here: Here) -> HttpResponse:
    """List the mails of the office, the latest first."""
    if not here.may("administrator"):
        raise Refused(_("The mails of the office are an administrator's to look after."))
    wanted = request.GET.get("outcome", "")
    outcome = wanted if wanted in MailOutcome.values else ""
    skip = number_asked(request.GET.get("from", "")) or 0
    found = notices.mails(**here.moment, outcome=outcome, size=SIZE + 1, skip=skip)
    context = {
        "rows": found[:SIZE],
        "older": skip + SIZE if len(found) > SIZE else None,
        "newer": max(skip - SIZE, 0) if skip else None,
        "is_later_page": skip > 0,
        "outcomes": MailOutcome.choices,
        "outcome": outcome,
        "counts": figures.values([("notices.mails", {"outcome": one}) for one in COUNTED], **here.moment),
        "mail_ready": settings.DONDOC_MAIL_READY,
    }
    return render(request, "notices/mails.html", context)


@require_POST
@page
def again(request: HttpRequest, here: Here, mail_id: int) -> HttpResponse:
    """Send a mail that failed once more."""
    send_again(mail_id, actor=here.actor)
    messages.success(request, _("The mail is in the queue again."))
    return redirect("mails")
