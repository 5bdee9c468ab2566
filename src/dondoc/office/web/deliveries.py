"""Deliveries: putting documents in, one by one or many at once, and what became of each file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.access import Refused, require
from dondoc.office.actions.deliveries import MOST_FILES, deliver, open_delivery, refuse_file
from dondoc.office.actions.intake import Incoming, Place, SecretRefused, is_slow, read_again, take_in
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import deliveries, documents
from dondoc.office.queries.deliveries import DeliveryRow, FileRow
from dondoc.office.web.forms import DayInput, line, words
from dondoc.office.web.frame import page, with_query
from dondoc.office.web.uploads import refused_file

SIZE = 50
FILES = 500  # on one page of a delivery
FORMATS = "DOCX, DOC, RTF, ODT, PDF, XLSX, XLS, PNG, JPG, TIF, HTML, TXT"
# A scan keeps a thread of the web server for as long as its words are recognised: two of the four are left free.
SLOW_AT_ONCE = 2
PATIENCE = 20.0  # seconds that a form without a script waits for its turn
STILL_SENDING = timedelta(minutes=10)  # without a further file; then a page no longer asks for more of them
_slow = BoundedSemaphore(SLOW_AT_ONCE)


class Busy(Refused):
    """Other scans are being recognised; the file was not looked at, and can be sent once more."""


class FilesInput(forms.ClearableFileInput):
    """A chooser that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty one among them is said by the intake itself, with its name."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None]


class DocumentForm(forms.Form):
    """Files or pasted words, and what a document itself may not say."""

    file = FilesField(
        label=gettext_lazy("The files"), required=False, widget=FilesInput(attrs={"class": "form-control"})
    )
    text = forms.CharField(
        label=gettext_lazy("or its words, pasted"), required=False, strip=False, widget=words(rows=12)
    )
    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DayInput())
    issued_on = forms.DateField(
        label=gettext_lazy("Issued on"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Only if the document does not say it, or says it without a year."),
    )
    incoming_number = forms.CharField(
        label=gettext_lazy("Incoming number"), required=False, max_length=40, widget=line()
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sent = data.get("file") or []
        if self.errors:
            return data
        if bool(sent) == bool(data.get("text", "").strip()):
            raise forms.ValidationError(_("Choose files or paste the words: one of the two."))
        if len(sent) > 1 and (data["issued_on"] or data["incoming_number"]):
            raise forms.ValidationError(
                _("An incoming number and a day of issue belong to one document. Leave them empty for several files.")
            )
        return data


class FileForm(forms.Form):
    """One file of a delivery as the page sends it: where it stands, and the day it was received."""

    order = forms.IntegerField(min_value=1, max_value=MOST_FILES)
    received_on = forms.DateField()
    again = forms.BooleanField(required=False)


@contextmanager
def turn(content: bytes, *, patience: float = 0) -> Iterator[None]:
    """Let only so many files be recognised at once; the others are refused for now, so that pages stay quick."""
    if not is_slow(content):
        yield
        return
    if not _slow.acquire(timeout=patience) if patience else not _slow.acquire(blocking=False):
        raise Busy(_("Other scans are being recognised just now. Nothing was kept yet; send it again in a minute."))
    try:
        yield
    finally:
        _slow.release()


@page
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """Put documents in: files or pasted words. Several files become a delivery, one leads to its reading."""
    require(here.actor, "officer", "administrator")
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"received_on": here.today})
    status = 200
    if too_large := refused_file(request):
        form, status = DocumentForm(initial={"received_on": here.today}), 422
        messages.error(request, too_large)
    elif request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        if len(sent) > 1:
            return redirect("delivery", _deliver_all(form.cleaned_data, here))
        try:
            incoming = _incoming(form.cleaned_data)
            with turn(incoming.content, patience=PATIENCE):
                taken = take_in(incoming, actor=here.actor)
        except SecretRefused as refusal:
            # Not even shown again: the page would carry its words.
            form, status = DocumentForm(initial={"received_on": here.today}), 422
            messages.error(request, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if taken.was_here:
                messages.info(request, _("This document was here already: the same bytes are kept once."))
            return redirect("reading", taken.document_id)
    context = {
        "form": form,
        "limit": filesizeformat(settings.DONDOC_UPLOAD_LIMIT),
        "limit_bytes": settings.DONDOC_UPLOAD_LIMIT,
        "most": MOST_FILES,
        "formats": FORMATS,
        "key": uuid4(),
    }
    return render(request, "deliveries/add.html", context, status=422 if form.errors else status)


def _incoming(data: dict[str, Any]) -> Incoming:
    upload = data["file"][0] if data["file"] else None
    return Incoming(
        # Browsers send a pasted line end as two characters; it was one when it was pasted.
        content=upload.read() if upload else data["text"].replace("\r\n", "\n").encode(),
        filename=upload.name if upload else "van-ban.txt",
        received_on=data["received_on"],
        issued_on=data["issued_on"],
        incoming_number=data["incoming_number"],
    )


def _deliver_all(data: dict[str, Any], here: Here) -> int:
    """Put several files in that came in one form: what a browser without scripts sends."""
    sent = data["file"]
    delivery_id = open_delivery(uuid4(), source="page", expected=len(sent), actor=here.actor)
    for order, upload in enumerate(sent, 1):
        content = upload.read()
        place, incoming = Place(delivery_id, order), Incoming(content, upload.name or "", data["received_on"])
        try:
            with turn(content, patience=PATIENCE):
                deliver(place, incoming, actor=here.actor)
        except Busy as refusal:
            refuse_file(place, upload.name, reason=str(refusal), actor=here.actor)
    return delivery_id


@require_POST
@page
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin a delivery that the page then sends file by file; gives the address to send them to."""
    try:
        key, expected = UUID(request.POST.get("key", "")), number_asked(request.POST.get("expected", ""))
    except ValueError:
        return HttpResponse(status=400)
    try:
        require(here.actor, "officer", "administrator")
    except Refused as refusal:
        return _no(str(refusal), status=403)
    try:
        delivery_id = open_delivery(key, source="page", expected=expected or 0, actor=here.actor)
    except Refused as refusal:
        return _no(str(refusal))
    row = deliveries.delivery(delivery_id, **here.moment)
    return JsonResponse({"url": row.url, "send": f"{row.url}files/", "next": row.files + 1}, status=201)


@require_POST
@page
def receive(request: HttpRequest, here: Here, delivery_id: int) -> HttpResponse:
    """Take one file of a delivery and answer with its row: what became of it."""
    try:
        require(here.actor, "officer", "administrator")
        deliveries.check_in_sight(delivery_id, viewer=here.viewer)
    except Refused as refusal:
        return _no(str(refusal), status=403)
    form = FileForm(request.POST)
    if not form.is_valid():
        return _no(_("A day is missing or cannot be read. Write it like 02/12/2023."))
    data, upload = form.cleaned_data, request.FILES.get("file")
    place = Place(delivery_id, data["order"], again=data["again"])
    too_large = refused_file(request)
    try:
        if too_large or upload is None:
            reason = too_large or _too_large()
            order = refuse_file(place, request.POST.get("name", ""), reason=reason, actor=here.actor)
        else:
            content = upload.read()
            with turn(content):
                order = deliver(place, Incoming(content, upload.name or "", data["received_on"]), actor=here.actor)
    except Busy as refusal:
        return _no(str(refusal), status=503)
    except Refused as refusal:
        return _no(str(refusal))
    row = deliveries.files(delivery_id, viewer=here.viewer, known_at=None, order=order)[0]
    context = {"row": row, "may_add": True, "delivery": {"id": delivery_id}}
    return render(request, "deliveries/file.html", context)


def _no(sentence: str, *, status: int = 422) -> HttpResponse:
    """Refuse in plain words: a script asked, and shows them."""
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def _too_large() -> str:
    return _("The file is larger than %(limit)s. Nothing was kept. Split it, or leave out its pictures.") % {
        "limit": filesizeformat(settings.DONDOC_UPLOAD_LIMIT)
    }


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the deliveries, the latest first."""
    start = number_asked(request.GET.get("start", "")) or 0
    rows = deliveries.deliveries(**here.moment, start=start, size=SIZE + 1)
    shown = rows[:SIZE]
    context = {
        "rows": shown,
        "may_add": here.may("officer", "administrator"),
        "pages": _pages(request.path, here, start, SIZE, count=len(shown), more=len(rows) > SIZE),
        "empty": {
            "title": _("Nothing was put in by this day"),
            "text": _("Several files that are put in together are listed here, with what became of each."),
        },
    }
    return render(request, "deliveries/list.html", context)


@require_GET
@page
def show(request: HttpRequest, here: Here, delivery_id: int) -> HttpResponse:
    """Show one delivery: each file, and what became of it."""
    delivery = deliveries.delivery(delivery_id, **here.moment)
    news = deliveries.last_news(delivery_id)
    start = number_asked(request.GET.get("start", "")) or 0
    rows = deliveries.files(delivery_id, viewer=here.viewer, known_at=here.known_at or news)
    shown = rows[start : start + FILES]
    pages = _pages(delivery.url, here, start, FILES, count=len(shown), more=len(rows) > start + FILES)
    context = _progress(here, delivery, news, shown, grows=not (pages and pages["next_url"])) | {
        "rows": shown,
        "pages": pages,
        "limit": filesizeformat(settings.DONDOC_UPLOAD_LIMIT),
        "limit_bytes": settings.DONDOC_UPLOAD_LIMIT,
        "most": MOST_FILES,
        "today": here.today,
        "next": deliveries.next_place(delivery_id),
    }
    return render(request, "deliveries/page.html", context)


@require_GET
@page
def progress(request: HttpRequest, here: Here, delivery_id: int) -> HttpResponse:
    """Say how far a delivery has got, with the rows of which something became known since the page asked last."""
    delivery = deliveries.delivery(delivery_id, **here.moment)
    news = deliveries.last_news(delivery_id)
    asked = {name: number_asked(request.GET.get(name, "")) or 0 for name in ("first", "last", "grows", "sending")}
    since = _instant(request.GET.get("since", ""))
    rows = deliveries.files(delivery_id, viewer=here.viewer, known_at=here.known_at or news, since=since)
    new = [row for row in rows if since is None or row.at > since]
    context = _progress(here, delivery, news, [], grows=bool(asked["grows"]))
    context["progress_url"] = with_query(
        f"{delivery.url}progress/",
        {"since": news.isoformat() if news else "", **{name: str(number or "") for name, number in asked.items()}},
    )
    if asked["sending"]:
        context["changed"], context["added"] = rows, []
    else:
        context["changed"] = [r for r in rows if r not in new and (asked["first"] <= r.order <= asked["last"])]
        context["added"] = new if asked["grows"] else []
    return render(request, "deliveries/progress.html", context)


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _progress(
    here: Here, delivery: DeliveryRow, news: datetime | None, rows: list[FileRow], *, grows: bool
) -> dict[str, Any]:
    """Say how far a delivery has got, and what a page that shows some of its files asks next."""
    fresh = news is None or timezone.now() - news < STILL_SENDING
    query = {
        "since": news.isoformat() if news else "",
        "first": str(min((row.order for row in rows), default="")),
        # A file may come later and yet stand before another: what the page gets after this is all on it.
        "last": str(MOST_FILES if grows else max((row.order for row in rows), default="")),
        "grows": "1" if grows else "",
    }
    return {
        "delivery": delivery,
        "counts": _counts(delivery),
        "left": _left(delivery),
        "moving": not here.is_past and bool(delivery.unread or (delivery.unsent and fresh)),
        "progress_url": with_query(f"{delivery.url}progress/", query),
        "may_add": here.may("officer", "administrator") and not here.is_past,
    }


def _pages(path: str, here: Here, start: int, size: int, *, count: int, more: bool) -> dict[str, str] | None:
    if not start and not more:
        return None

    def at(place: int) -> str:
        return with_query(path, {**here.keep, "start": str(place)})

    return {
        "words": _("%(first)d to %(last)d") % {"first": start + 1, "last": start + count},
        "previous_url": at(max(start - size, 0)) if start else "",
        "next_url": at(start + size) if more else "",
    }


def _counts(row: DeliveryRow) -> str:
    said = [
        (row.taken, _("%(n)s taken in")),
        (row.duplicate, _("%(n)s here already")),
        (row.secret, _("%(n)s refused as secret")),
        (row.refused, _("%(n)s refused")),
    ]
    parts = [ngettext("%(n)s file", "%(n)s files", row.files) % {"n": row.files}]
    return " · ".join([*parts, *(words % {"n": count} for count, words in said if count)])


def _left(row: DeliveryRow) -> str:
    parts = []
    if row.unread:
        parts.append(ngettext("%(n)s file still to be read", "%(n)s files still to be read", row.unread))
        parts[-1] %= {"n": row.unread}
    if row.failed:
        parts.append(ngettext("%(n)s could not be read", "%(n)s could not be read", row.failed) % {"n": row.failed})
    if row.unsent:
        parts.append(ngettext("%(n)s file was not sent", "%(n)s files were not sent", row.unsent) % {"n": row.unsent})
    return " · ".join(parts)


@require_POST
@page
def again(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Have a document read again that could not be read."""
    title = documents.document(document_id, **here.moment).title
    read_again(document_id, actor=here.actor)
    messages.success(request, _("“%(title)s” is in the queue and will be read again.") % {"title": title})
    delivery_id = number_asked(request.POST.get("delivery", ""))
    return redirect("delivery", delivery_id) if delivery_id else redirect("reading", document_id)
