"""The office's own Word files for its reports: which there are, a file to begin with, bringing, trying, ending one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dondoc.office.access import require
from dondoc.office.actions.frames import NewFrame, bring_frame, end_frame, tried
from dondoc.office.here import Here
from dondoc.office.queries import frames, offices
from dondoc.office.reports.frame_files import LARGEST, PLACES
from dondoc.office.reports.frame_samples import starter
from dondoc.office.reports.printing import FORMS
from dondoc.office.web.documents import download
from dondoc.office.web.forms import DayInput, attempt, line
from dondoc.office.web.frame import page
from dondoc.office.web.uploads import refused_file
from dondoc.rules.layouts import layout_for

WORD = FORMS["docx"].media_type
MAY = ("administrator", "officer")


class FrameForm(forms.Form):
    """A Word file that an office brings as a frame."""

    name = forms.CharField(
        label=gettext_lazy("Name of the frame"),
        max_length=200,
        widget=line(),
        help_text=gettext_lazy(
            "Reports choose it by this name. A new file of the same name takes its place from its day."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Word file (.docx)"),
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".docx"}),
    )
    on = forms.DateField(label=gettext_lazy("From the day"), widget=DayInput())


@require_GET
@page
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """List the frames in force on the day."""
    require(here.actor, "administrator", "officer", "leader", "inspection")
    may = here.may(*MAY) and not here.is_past
    return render(request, "frames/list.html", {"rows": frames.frames(**here.moment), "may": may})


@page
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """Bring a Word file as a frame."""
    require(here.actor, *MAY)
    form = FrameForm(request.POST or None, request.FILES or None, initial={"on": here.today})
    if too_large := refused_file(request):
        form.add_error("file", too_large)
    elif request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        new = NewFrame(given["name"], given["file"].read(), given["on"])
        if attempt(form, lambda: bring_frame(new, actor=here.actor), field="file"):
            messages.success(request, _("The frame is kept. Try it, and choose it when a report is made."))
            return redirect("frames")
    context = {
        "form": form,
        "places": [(name, _(says)) for name, says in PLACES.items()],
        "largest": LARGEST // 1048576,
    }
    return render(request, "frames/add.html", context, status=422 if form.errors else 200)


@require_GET
@page
def begin(request: HttpRequest, here: Here) -> HttpResponse:
    """Give a Word file to begin with: the layout of the office's papers, with every place in it."""
    require(here.actor, *MAY)
    head = offices.letterhead(here.viewer.office_id, on=here.as_of, known_at=here.known_at)
    layout = layout_for(head.hierarchy, on=here.as_of)
    return download(starter(layout, on=here.as_of), _("frame-to-begin-with.docx"), WORD)


@require_GET
@page
def show(request: HttpRequest, here: Here, frame_id: int) -> HttpResponse:
    """Give the Word file of a frame."""
    row = frames.frame(frame_id, viewer=here.viewer, known_at=here.known_at)
    return download(frames.content(row.id, viewer=here.viewer), f"{row.name}.docx", WORD)


@require_GET
@page
def sample(request: HttpRequest, here: Here, frame_id: int) -> HttpResponse:
    """Give a report in sample words, printed in a frame."""
    row = frames.frame(frame_id, viewer=here.viewer, known_at=here.known_at)
    printed = tried(frames.content(row.id, viewer=here.viewer), actor=here.actor, on=here.as_of)
    return download(printed, _("%(name)s, a sample.docx") % {"name": row.name}, WORD)


@require_POST
@page
def end(request: HttpRequest, here: Here, frame_id: int) -> HttpResponse:
    """End a frame from today on."""
    end_frame(frame_id, here.today, actor=here.actor)
    messages.success(request, _("The frame is ended. Reports issued in it stay as they are."))
    return redirect("frames")
