"""An agency's table of a period: its own people write in it, the office enters into it what came on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.office.actions.progress import NewReport, Paper, nothing_new, submit_progress
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import agencies, progress
from dondoc.office.queries.agencies import AgencyRow
from dondoc.office.queries.progress import PeriodRow, ReportRow
from dondoc.office.web.filters import pages
from dondoc.office.web.forms import DayInput
from dondoc.office.web.frame import page, with_query
from dondoc.office.web.progress.opening import OFFICERS
from dondoc.office.web.uploads import refused_file

SIZE = 50
LONGEST = 5000
FIELDS = ("share", "result", "difficulties", "next")


class PaperForm(forms.Form):
    """The paper on which an agency answered."""

    came_on = forms.DateField(label=gettext_lazy("The paper came on"), widget=DayInput())
    file = forms.FileField(
        label=gettext_lazy("The scan of the paper"),
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
        error_messages={"required": gettext_lazy("Attach the scan: without it nobody can see what the agency said.")},
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table as it is shown: the report, whether it can be written, what was typed, what is wrong."""

    row: ReportRow
    may_write: bool
    typed: Mapping[str, str]
    wrong: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether something was typed that is not what the report says already."""
        said = _said(self.row)
        return any(self.typed[name].strip() != said[name] for name in FIELDS)


@page
def write(request: HttpRequest, here: Here, period_id: int, agency_id: int) -> HttpResponse:
    """Show or fill in the table of one agency."""
    period = progress.period(period_id, **here.moment)
    agency = agencies.agency(agency_id, **here.moment)
    return table(request, here, period, agency=agency)


def table(request: HttpRequest, here: Here, period: PeriodRow, *, agency: AgencyRow | None) -> HttpResponse:
    """Show the table of an agency, or of all that somebody speaks for, and take in what was written."""
    behalf = here.may(*OFFICERS) and ("behalf" in request.GET or request.method == "POST")
    may_write = not here.is_past and (behalf or not here.viewer.sees_all)
    if request.method == "POST" and not may_write:
        raise Refused(_("Reports are handed in by the agency's focal point, or entered by a compiling officer."))
    key = agency.id if agency else None
    start = number_asked(request.GET.get("start", "")) or 0
    rows = progress.listed(period.id, **here.moment, agency=key, start=start, size=SIZE)
    lines = [_line(row, request, may_write=may_write) for row in rows]
    paper = PaperForm(request.POST or None, request.FILES or None, initial={"came_on": here.today}) if behalf else None
    refused = refused_file(request)
    if request.method == "POST" and not refused:
        done, lines, refused = _take_in(request, here, period, lines, paper, agency=key)
        if done:
            return redirect(request.get_full_path())
    arguments = {"period": str(period.id), **({"agency": str(key)} if key else {})}
    asked = [(f"progress.{name}", arguments) for name in ("due", "missing", "submitted")]
    due, missing, submitted = figures.values(asked, **here.moment)
    not_begun = _not_begun(here, period, key) if may_write else []
    context = {
        "period": period,
        "agency": agency,
        "lines": lines,
        "numbers": [due, missing, submitted],
        "submitted": submitted.value,
        "rest": len(not_begun),
        "may_write": may_write,
        "may_decide": here.may(*OFFICERS) and not here.is_past and not behalf,
        "paper": paper,
        "refused": refused,
        "pages": pages(
            request.path,
            {**here.keep, "behalf": "1" if behalf else ""},
            start=start,
            total=int(due.value or 0),
            size=SIZE,
        ),
        "query": with_query("", {"behalf": "1" if behalf else "", "start": str(start) if start else ""}),
    }
    wrong = bool(refused) or (paper is not None and paper.is_bound and bool(paper.errors))
    return render(request, "progress/table.html", context, status=422 if wrong else 200)


def _not_begun(here: Here, period: PeriodRow, agency: int | None) -> list[ReportRow]:
    return progress.listed(period.id, **here.moment, agency=agency, which="not_begun")


def _said(row: ReportRow) -> dict[str, str]:
    share = "" if row.share is None else str(row.share)
    return {"share": share, "result": row.result, "difficulties": row.difficulties, "next": row.next_steps}


def _line(row: ReportRow, request: HttpRequest, *, may_write: bool) -> Line:
    writable = may_write and row.state != "accepted"
    typed = _said(row)
    if writable and request.method == "POST":
        # A browser ends lines with \r\n; what is kept ends them as it was typed.
        sent = {name: request.POST.get(f"{name}-{row.id}", "").replace("\r\n", "\n") for name in FIELDS}
        typed = sent if f"result-{row.id}" in request.POST else typed
    return Line(row, writable, typed)


Outcome = tuple[bool, list[Line], str]


def _take_in(
    request: HttpRequest,
    here: Here,
    period: PeriodRow,
    lines: list[Line],
    paper: PaperForm | None,
    *,
    agency: int | None,
) -> Outcome:
    """Do what was pressed; gives whether it was done, the lines with what is wrong in them, and a refusal."""
    if paper is not None and not paper.is_valid():
        return False, lines, _("Nothing was recorded: look at the two fields of the paper.")
    if request.POST.get("do") == "rest":
        return _rest(request, here, period, lines, paper, agency=agency)
    try:
        reports = _reports(request, lines)
    except ValueError as error:
        return False, _marked(lines, error), _("Nothing was recorded yet: look at the report that is marked.")
    if not reports:
        return False, lines, _("Nothing was written into the table yet. Write a result, or say that nothing happened.")
    try:
        n = submit_progress(reports, on=here.today, actor=here.actor, paper=_paper(paper))
    except Refused as refusal:
        return False, lines, str(refusal)
    _say_handed_in(request, n)
    return True, lines, ""


def _say_handed_in(request: HttpRequest, n: int) -> None:
    said = ngettext("%(n)d report was handed in.", "%(n)d reports were handed in.", n)
    messages.success(request, said % {"n": n})


def _rest(
    request: HttpRequest,
    here: Here,
    period: PeriodRow,
    lines: list[Line],
    paper: PaperForm | None,
    *,
    agency: int | None,
) -> Outcome:
    """Say of all that was not begun that nothing happened; what is being written is left as it is."""
    expected = number_asked(request.POST.get("expected", "")) or 0
    besides = {line.row.id for line in lines if line.is_typed} | {
        key for text in request.POST.getlist("besides") if (key := number_asked(text)) is not None
    }
    try:
        if paper is None:
            n = nothing_new(period.id, expected=expected, besides=besides, on=here.today, actor=here.actor)
        else:
            rest = [row.id for row in _not_begun(here, period, agency) if row.id not in besides]
            found = [NewReport(key, nothing_new=True, seen=0) for key in rest]
            n = submit_progress(found, on=here.today, actor=here.actor, paper=_paper(paper))
    except Refused as refusal:
        return False, lines, str(refusal)
    said = ngettext(
        "“Nothing new” was handed in for %(n)d report.", "“Nothing new” was handed in for %(n)d reports.", n
    )
    messages.success(request, said % {"n": n})
    return True, lines, ""


class _Wrong(ValueError):
    def __init__(self, progress_id: int, words: str) -> None:
        super().__init__(words)
        self.progress_id = progress_id


def _marked(lines: list[Line], error: ValueError) -> list[Line]:
    """Say what is wrong at the line that it is about."""
    at = getattr(error, "progress_id", 0)
    return [Line(one.row, one.may_write, one.typed, str(error)) if one.row.id == at else one for one in lines]


def _reports(request: HttpRequest, lines: list[Line]) -> list[NewReport]:
    """Give what is to be handed in: one report that was pressed, or all into which something was typed."""
    nothing = number_asked(request.POST.get("nothing", ""))
    one = number_asked(request.POST.get("one", ""))
    wanted = nothing or one
    found = []
    for line in lines:
        if not line.may_write or (line.row.id != wanted if wanted else not line.is_typed):
            continue
        seen = number_asked(request.POST.get(f"seen-{line.row.id}", ""))
        if nothing:
            found.append(NewReport(line.row.id, nothing_new=True, seen=seen))
        else:
            found.append(_report(line, seen))
    return found


def _report(line: Line, seen: int | None) -> NewReport:
    typed = {name: text.strip() for name, text in line.typed.items()}
    share = typed["share"].removesuffix("%").strip()
    if share and not (share.isascii() and share.isdecimal() and len(share) <= 3 and int(share) <= 100):
        raise _Wrong(line.row.id, _("The share done is a whole number from 0 to 100."))
    if not typed["result"]:
        raise _Wrong(line.row.id, _("Write what was done, or press “Nothing new”."))
    if max(map(len, typed.values())) > LONGEST:
        raise _Wrong(
            line.row.id, _("This is too long for a report: keep each part under %(n)d letters.") % {"n": LONGEST}
        )
    return NewReport(
        progress_id=line.row.id,
        result=typed["result"],
        share=int(share) if share else None,
        difficulties=typed["difficulties"],
        next_steps=typed["next"],
        seen=seen,
    )


def _paper(form: PaperForm | None) -> Paper | None:
    if form is None:
        return None
    upload, came_on = form.cleaned_data["file"], form.cleaned_data["came_on"]
    assert isinstance(came_on, date)
    upload.seek(0)
    return Paper(upload.read(), upload.name, came_on)
