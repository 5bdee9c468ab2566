"""Entering a task by hand: one line in plain Vietnamese, shown as it was understood, entered when confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.office.access import Refused, require
from dondoc.office.actions.intake.line import ByHand, LineRead, Named, enter_by_hand, meant, read_line
from dondoc.office.here import Here, number_asked
from dondoc.office.models import Clause, Document, Note
from dondoc.office.queries import agencies, clauses, definitions, documents
from dondoc.office.queries.agencies import AgencyRow
from dondoc.office.queries.clauses import ClauseRow
from dondoc.office.queries.documents import DocumentRow
from dondoc.office.web import clarity
from dondoc.office.web.clarity import Lack
from dondoc.office.web.dues import DueRuleField, as_parts, in_words
from dondoc.office.web.forms import DayInput, line, names, words
from dondoc.office.web.frame import PastRefused, asks_for_part, page, with_query
from dondoc.rules.deadlines import DueRule
from dondoc.rules.text import folded

LONGEST_LINE = 2000
MAY_ENTER = ("officer", "administrator")


class Names(forms.Widget):
    """Some names, each in a line of its own, and an empty line for one more."""

    template_name = "tasks/names.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Take all lines of this name."""
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the lines that are shown."""
        context = super().get_context(name, value, attrs)
        context["widget"]["lines"] = [*(value or []), ""]
        return context


class NamesField(forms.Field):
    """Names of agencies, or the keys of those in the register."""

    widget = Names

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.known: dict[str, str] = {}

    def to_python(self, value: object) -> list[str]:
        """Read the names; a number must be the key of an agency that can be charged with something."""
        found = [" ".join(str(name).split()) for name in (value if isinstance(value, list) else [])]
        for name in found:
            if name.isdecimal() and name not in self.known:
                raise ValidationError(_("There is no such agency. Write its name."))
            if len(name) > 300:
                raise ValidationError(_("This name is too long. Write it in 300 letters at most."))
        return list(dict.fromkeys(self.known.get(name, name) for name in found if name))


class EntryForm(forms.Form):
    """A task as it was understood: what, who leads, who helps, by when."""

    title = forms.CharField(label=gettext_lazy("What must be done"), widget=words(rows=2))
    lead = NamesField(label=gettext_lazy("Lead"))
    coordinators = NamesField(label=gettext_lazy("With"), required=False)
    due = DueRuleField(label=gettext_lazy("Due"), required=False)
    product = forms.CharField(label=gettext_lazy("Product"), required=False, widget=line())
    helped_by = forms.DateField(
        label=gettext_lazy("Due for those who help"),
        required=False,
        widget=DayInput(ahead=True),
        help_text=gettext_lazy("Only where they owe their part by another day."),
    )
    stages = forms.CharField(
        label=gettext_lazy("Stages, in the order of the leads"),
        required=False,
        max_length=600,
        widget=line(),
        help_text=gettext_lazy("Only where the leads work one after the other: drafting; appraisal; submission"),
    )

    def __init__(self, *args: Any, listed: list[AgencyRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "coordinators"):
            field = self.fields[name]
            assert isinstance(field, NamesField)
            field.known = {str(row.id): row.name for row in listed}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a task is entered from, where the address names it: a leader's note, a document or a clause of one."""

    note: Note | None
    source: DocumentRow | None
    clause: ClauseRow | None

    @property
    def words(self) -> str:
        """Say it on the page."""
        if self.clause:
            words = {"clause": self.clause.address, "title": self.clause.document}
            return _("From clause %(clause)s of %(title)s") % words
        if self.source:
            return _("From the document %(title)s") % {"title": self.source.title}
        if self.note:
            return _("From the note of %(author)s: “%(text)s”") % {"author": self.note.author, "text": self.note.text}
        return ""

    @property
    def text(self) -> str:
        """Give the words that the line begins with."""
        return self.clause.text if self.clause else self.note.text if self.note else ""

    @property
    def document_id(self) -> int | None:
        """Say from which document the task comes."""
        return self.clause.document_id if self.clause else self.source.id if self.source else None


@page
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """Enter a task by hand, or from a leader's note: the line as it is typed, the fields, and the confirmation."""
    if asks_for_part(request) and request.method == "GET" and (why := _why_not(here)):
        return render(
            request,
            "tasks/entry_refused.html",
            {"why": why, "may_enter_today": here.may(*MAY_ENTER), "today_url": reverse("task_add")},
        )
    require(here.actor, *MAY_ENTER)
    if here.is_past:
        raise PastRefused(_why_not(here))
    listed = [row for row in agencies.agencies(viewer=here.viewer, as_of=here.today, known_at=None) if not row.ended_on]
    note = documents.note_of(number_asked(request.GET.get("note", "")), viewer=here.viewer)
    origin = Origin(note, _source(request, here), _clause(request, here))
    if request.method == "POST":
        return _posted(request, here, listed, origin)
    typed = request.GET.get("text", origin.text)
    read = _read(typed, here, listed)
    if _asks_for(request, "entry-clear"):
        lacks = _lacks(here, listed, origin, EntryForm(request.GET, listed=listed))
        return render(request, "parts/clear.html", {"lacks": lacks})
    form = EntryForm(initial=_initial(read, here), listed=listed)
    return _shown(request, here, listed, origin, form=form, read=read)


def _why_not(here: Here) -> str:
    if not here.may(*MAY_ENTER):
        return _(
            "Only compiling officers and administrators assign tasks. "
            "Tell them what is to be done, or report on your own duties."
        )
    if here.is_past:
        return _("You are looking at the past, where nothing can be recorded.")
    return ""


def _posted(request: HttpRequest, here: Here, listed: list[AgencyRow], origin: Origin) -> HttpResponse:
    sent = request.POST
    read = _read(sent.get("text", ""), here, listed)
    if "read" in sent and " ".join(sent["read"].split()) != read.text:
        # The line was changed after it had been read: nothing is entered that nobody has seen.
        form = EntryForm(initial=_initial(read, here), listed=listed)
        hint = _("This is how the line was understood. Press Enter once more to assign.")
        return _shown(request, here, listed, origin, form=form, read=read, hint=hint)
    form = EntryForm(sent, listed=listed)
    if form.is_valid() and read.no_day and not form.cleaned_data["due"]:
        words = _("“%(words)s” is no day of the calendar. Write the due day, or take it out of the line.")
        form.add_error("due", words % {"words": read.no_day})
    if not form.is_valid():
        return _shown(request, here, listed, origin, form=form, read=read)
    data = form.cleaned_data
    called = meant([*data["lead"], *data["coordinators"]], on=here.today, actor=here.actor)
    if hint := _unseen(called, sent.getlist("new"), listed):
        shown = EntryForm(_renamed(sent, called), listed=listed)
        return _shown(request, here, listed, origin, form=shown, read=read, hint=hint)
    try:
        task = enter_by_hand(
            _by_hand(here, data, read, origin, kinds_sent="due_kind" in sent), on=here.today, actor=here.actor
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, here, listed, origin, form=form, read=read)
    messages.success(request, _("The task is assigned."))
    address = reverse("task", args=[task.pk])
    if asks_for_part(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _unseen(called: dict[str, str | None], shown: list[str], listed: list[AgencyRow]) -> str:
    """Say what is not yet shown of the names: those that are new, and those that mean an agency of another name."""
    new = [name for name, found in called.items() if found is None and name not in shown]
    if new:
        return ngettext(
            "%(names)s is not in the register yet. Press Enter once more to enter it with the task.",
            "%(names)s are not in the register yet. Press Enter once more to enter them with the task.",
            len(new),
        ) % {"names": "; ".join(new)}
    short = {row.name: folded(row.short_name) for row in listed}
    for name, found in called.items():
        if found is not None and folded(name) not in {folded(found), short.get(found)}:
            words = {"name": name, "found": found}
            return _("“%(name)s” stands in the register as “%(found)s”. Press Enter once more to assign.") % words
    return ""


def _renamed(sent: QueryDict, called: dict[str, str | None]) -> QueryDict:
    """Put the names of the register in the place of those that were typed."""
    changed = sent.copy()
    for field in ("lead", "coordinators"):
        changed.setlist(field, [called.get(name) or name for name in map(_tidy, sent.getlist(field)) if name])
    return changed


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _by_hand(here: Here, data: dict[str, Any], read: LineRead, origin: Origin, *, kinds_sent: bool) -> ByHand:
    given: DueRule | None = data["due"]
    same_day = given is not None and given.kind == "day" and given.on == read.due_on
    # A page of before the field had kinds sends nothing for what has no day of its own.
    not_asked = given is None and not kinds_sent and read.due is not None and read.due_on is None
    as_read = read.due is not None and (same_day or not_asked or as_parts(given) == as_parts(read.due))
    return ByHand(
        title=data["title"],
        leads=tuple(data["lead"]),
        coordinators=tuple(data["coordinators"]),
        due=read.due if as_read else given,
        due_words=read.due_words if as_read else "",
        workflow=definitions.standard_workflow(office_id=here.office.pk),
        product=data["product"],
        note=origin.note,
        document=Document(pk=origin.document_id) if origin.document_id else None,
        clause=Clause(pk=origin.clause.id) if origin.clause else None,
        stages=names(data["stages"]),
        helped_by=DueRule("day", data["helped_by"]) if data["helped_by"] else None,
    )


def _read(text: str, here: Here, listed: list[AgencyRow]) -> LineRead:
    return read_line(text[:LONGEST_LINE], on=here.today, known=[row.name for row in listed])


def _source(request: HttpRequest, here: Here) -> DocumentRow | None:
    """Find the document that the task is entered from, where the address names one."""
    wanted = number_asked(request.GET.get("document", ""))
    return None if wanted is None else documents.document(wanted, **here.moment)


def _clause(request: HttpRequest, here: Here) -> ClauseRow | None:
    """Find the clause that the task is entered from, where the address names one."""
    wanted = number_asked(request.GET.get("clause", ""))
    return None if wanted is None else clauses.clause(wanted, **here.moment)


def _initial(read: LineRead, here: Here) -> dict[str, Any]:
    """Fill the fields with what was understood, each agency by its name in the register."""
    found = [*read.leads, *read.coordinators]
    called = meant([name for one in found for name in (one.words, one.name)], on=here.today, actor=here.actor)

    def name(one: Named) -> str:
        return called[one.words] or called[one.name] or one.name

    return {
        "title": read.title,
        "lead": [name(one) for one in read.leads],
        "coordinators": [name(one) for one in read.coordinators],
        "due": read.due,
    }


def _shown(
    request: HttpRequest,
    here: Here,
    listed: list[AgencyRow],
    origin: Origin,
    *,
    form: EntryForm,
    read: LineRead,
    hint: str = "",
) -> HttpResponse:
    kept = {name: request.GET.get(name, "") for name in ("note", "document", "clause")}
    keys = {str(row.id): row.name for row in listed}
    typed = [*(form["lead"].value() or []), *(form["coordinators"].value() or [])]
    called = meant([keys.get(name, name) for name in map(_tidy, typed) if name], on=here.today, actor=here.actor)
    context = {
        "form": form,
        "read": read,
        "new": [name for name, found in called.items() if found is None],
        "repeats": in_words(read.due) if read.due is not None and read.due_on is None else "",
        "listed": listed,
        "origin": origin.words,
        "hint": hint,
        "lacks": _lacks(here, listed, origin, form) if read.text or form.is_bound else [],
        "action": with_query(reverse("task_add"), kept),
        "on": here.today,
    }
    part = "tasks/line.html" if _asks_for(request, "entry-read") else "tasks/entry.html"
    template = part if asks_for_part(request) else "tasks/add.html"
    refused = bool(form.errors or hint)
    return render(request, template, context, status=422 if refused else 200)


def _lacks(here: Here, listed: list[AgencyRow], origin: Origin, form: EntryForm) -> list[Lack]:
    """Say which of the six points the task lacks as far as it is typed."""
    if form.is_bound:
        form.is_valid()
    source = documents.document(origin.clause.document_id, **here.moment) if origin.clause else origin.source
    return clarity.in_form(
        form.cleaned_data if form.is_bound else form.initial,
        given_by=source.issuer if source else str(origin.note.author) if origin.note else "",
        classes=frozenset(row.name for row in listed if row.is_class),
        on=here.today,
    )


def _asks_for(request: HttpRequest, part: str) -> bool:
    """Whether only this part of the form is asked for, while somebody types: the fields, or what is missing."""
    return getattr(getattr(request, "htmx", None), "target", None) == part
