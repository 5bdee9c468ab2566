"""Files on their way in: a form with one or several, or a page that sends them one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dondoc.office.access import Refused, require
from dondoc.office.actions.deliveries import MOST_FILES, deliver, open_delivery, refuse_file
from dondoc.office.actions.intake import Incoming, Place, SecretRefused, is_slow, take_in
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import deliveries
from dondoc.office.web.deliveries.forms import DocumentForm, FileForm
from dondoc.office.web.frame import page
from dondoc.office.web.uploads import refused_file

FORMATS = "DOCX, DOC, RTF, ODT, PDF, XLSX, XLS, PNG, JPG, TIF, HTML, TXT"
# A scan keeps a thread of the web server for as long as its words are recognised: two of the four are left free.
SLOW_AT_ONCE = 2
PATIENCE = 20.0  # seconds that a form without a script waits for its turn
_slow = BoundedSemaphore(SLOW_AT_ONCE)


class Busy(Refused):
    """Other scans are being recognised; the file was not looked at, and can be sent once more."""


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
