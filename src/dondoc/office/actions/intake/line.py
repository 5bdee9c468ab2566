"""One line typed by an officer: read by the same reader as a document, and entered as a task once confirmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, require
from dondoc.office.actions.agencies import NewAgency, enter_agency
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.tasks import NewDuty, NewTask, TaskRefused, enter_task
from dondoc.office.models import Agency, Clause, Document, Note, Task, Workflow
from dondoc.office.queries import agencies
from dondoc.office.queries.readings import due_rule
from dondoc.reader import api as reader
from dondoc.reader.model import Assignment, Mention
from dondoc.rules.deadlines import DueRule, last_day
from dondoc.rules.text import NotADate, folded, parse_typed_date

# The reader looks for assignments in documents: a line is shown to it as the only point of one.
HEAD = "Số 1-KL/TU\n\nKẾT LUẬN\n\n1. "
SOMEBODY = "Văn phòng Thành ủy "  # stands in for the lead of a line that names nobody, so that its due day is read


@dataclass(frozen=True, slots=True)
class Named:
    """An agency that a line names: the words, the full name as the reader knows it, and their place in the line."""

    words: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LineRead:
    """What was understood of a line. `pieces` are its words in order, each with what it was taken for.

    A piece is "lead", "coordinator", "due" or "" (the rest). `no_day` are words that look like a day and are none.
    """

    text: str
    leads: tuple[Named, ...]
    coordinators: tuple[Named, ...]
    due: DueRule | None
    due_words: str
    title: str
    no_day: str
    pieces: tuple[tuple[str, str], ...]

    @property
    def due_on(self) -> date | None:
        """The last day on which the task is in time; None where no day can be named."""
        return None if self.due is None else last_day(self.due)


def read_line(text: str, *, on: date, known: Iterable[str] = ()) -> LineRead:
    """Read what an officer typed in one line: who leads, who helps, by when, and what is to be done.

    A day, month or quarter without a year is the next one that ends on or after `on`. `known` are the names of
    agencies that the register holds: where a longer one stands than the reader made out, it is taken.
    """
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    names = sorted({unicodedata.normalize("NFC", name) for name in known}, key=len, reverse=True)
    found = _assignment(line, on=on)
    leads, helpers = ((), ()) if found is None else (found.leads, found.coordinators)
    shift = len(HEAD)
    lead_names = tuple(_longest(line, m, shift, names) for m in leads) or _at_head(line, names)
    other_names = tuple(_longest(line, m, shift, names) for m in helpers)
    due, place = _due(line, found, on=on)
    spans = sorted(
        [*((n.start, n.end, "lead") for n in lead_names), *((n.start, n.end, "coordinator") for n in other_names)]
        + ([(*place, "due")] if place else [])
    )
    return LineRead(
        text=line,
        leads=lead_names,
        coordinators=other_names,
        due=due,
        due_words=line[slice(*place)] if place else "",
        title=_title(line, spans),
        no_day="" if due else _no_day(line, on=on),
        pieces=tuple(_pieces(line, spans)),
    )


def _assignment(line: str, *, on: date) -> Assignment | None:
    if not line:
        return None
    end = "" if line.endswith((".", ";")) else "."
    found = reader.read_text(f"{HEAD}{line}{end}", issued_on=on).assignments
    return found[0] if found else None


def _longest(line: str, mention: Mention, shift: int, names: list[str]) -> Named:
    """Take a name as it was read, or the longer one of the register that begins at its place."""
    start, end = mention.span.start - shift, mention.span.end - shift
    for name in names:
        if len(name) > end - start and folded(line[start : start + len(name)]) == folded(name):
            return Named(line[start : start + len(name)], name, start, start + len(name))
    return Named(line[start:end], mention.agency.name if mention.agency else mention.text, start, end)


_GIVING = re.compile(r"\s*(?:(?:giao|đề nghị|yêu cầu|phân công)(?: cho)?\s+)?", re.I)


def _at_head(line: str, names: list[str]) -> tuple[Named, ...]:
    """Find an agency of the register with which the line begins, where the reader saw no assignment."""
    opening = _GIVING.match(line)
    start = opening.end() if opening else 0
    for name in names:
        words = line[start : start + len(name)]
        behind = line[start + len(name) : start + len(name) + 1]
        if folded(words) == folded(name) and not behind.isalnum():
            return (Named(words, name, start, start + len(name)),)
    return ()


_DAY_TYPED = re.compile(
    r"(?:(?:trước|chậm nhất|đến|hạn|xong)\s+)(?:ngày\s+)?(\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?)(?![\d./-]*\d)", re.I
)
_YEAR = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d{2}\b")


def _due(line: str, found: Assignment | None, *, on: date) -> tuple[DueRule | None, tuple[int, int] | None]:
    """Give the due rule and its place: as the reader read it, else a day typed in a short form."""
    read, shift = (found.due if found else None), len(HEAD)
    if found is None and line:
        other = _assignment(SOMEBODY + line[:1].lower() + line[1:], on=on)
        read, shift = (other.due if other else None), shift + len(SOMEBODY)
    if read is not None:
        place = (max(read.span.start - shift, 0), read.span.end - shift)
        plain: dict[str, object] = {
            "kind": read.kind,
            "on": read.on,
            "every": read.every,
            "needs_year": read.needs_year,
        }
        plain |= {"day": read.day, "month": read.month, "words": line[slice(*place)]}
        rule = due_rule(plain, issued_on=on, text=line)
        return _next(rule, line[slice(*place)], on=on), place
    for match in _DAY_TYPED.finditer(line):
        try:
            return DueRule("day", parse_typed_date(match[1], on=on, ahead=True)), match.span()
        except NotADate:
            continue
    return None, None


def _next(rule: DueRule | None, words: str, *, on: date) -> DueRule | None:
    """Move a term of which no year was typed to the year in which it comes next."""
    last = last_day(rule) if rule else None
    if rule is None or rule.on is None or last is None or last >= on or _YEAR.search(words):
        return rule
    if rule.kind == "day":
        return DueRule("day", parse_typed_date(f"{rule.on.day}/{rule.on.month}", on=on, ahead=True))
    return DueRule(rule.kind, rule.on.replace(day=1, year=rule.on.year + 1), rule.every)


def _no_day(line: str, *, on: date) -> str:
    """Find words that look like a day and are none, such as 31/2."""
    for match in _DAY_TYPED.finditer(line):
        try:
            parse_typed_date(match[1], on=on, ahead=True)
        except NotADate:
            return match[1]
    return ""


def _pieces(line: str, spans: list[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    at = 0
    for start, end, kind in spans:
        if start < at:
            continue
        if start > at:
            yield line[at:start], ""
        yield line[start:end], kind
        at = end
    if at < len(line):
        yield line[at:], ""


# Names and the due day stand as single signs while the words around them are cut.
_NAME, _TERM = "\ue000", "\ue001"
_OPENING = re.compile(
    rf"^\s*(?:(?:giao|đề nghị|yêu cầu|phân công)(?: cho)?\s+(?={_NAME}))?"
    rf"{_NAME}(?:{_NAME}|[,;:\s]|và\b|cùng\b|chủ trì\b|phối hợp\b|với\b)*",
    re.I,
)
_HELP = re.compile(rf"[,;]?\s*(?:phối hợp|cùng)(?:\s+(?:cùng|với))*\s*{_NAME}(?:\s*(?:,|;|và)\s*{_NAME})*", re.I)
_BY = re.compile(rf"[,;]?\s*(?:hoàn thành|xong|hạn(?: là)?)?\s*{_TERM}", re.I)


def _title(line: str, spans: list[tuple[int, int, str]]) -> str:
    """Say what is to be done: the line without who does it and by when."""
    parts, names, at = [], [], 0
    for start, end, kind in spans:
        if start < at:
            continue
        parts.append(line[at:start] + (_TERM if kind == "due" else _NAME))
        if kind != "due":
            names.append(line[start:end])
        at = end
    rest = "".join(parts) + line[at:]
    for pattern in (_OPENING, _HELP):
        rest, names = _without(pattern, rest, names)
    rest = _BY.sub("", rest)
    for name in names:
        rest = rest.replace(_NAME, name, 1)
    rest = " ".join(rest.split()).strip(" ,;:.")
    return rest[:1].upper() + rest[1:] if len(rest) > 2 else line


def _without(pattern: re.Pattern[str], text: str, names: list[str]) -> tuple[str, list[str]]:
    """Cut one match out of a text, and the names that stood in it out of the list."""
    match = pattern.search(text)
    if match is None:
        return text, names
    first = text[: match.start()].count(_NAME)
    gone = match[0].count(_NAME)
    return text[: match.start()] + text[match.end() :], names[:first] + names[first + gone :]


@dataclass(frozen=True, slots=True)
class ByHand:
    """A task as an officer confirmed it: names that the register does not know become agencies of it.

    `stages` names the stage of the product that each lead owes, in their order; those who help have the leads' due day
    unless `helped_by` gives them one of their own.
    """

    title: str
    leads: tuple[str, ...]
    coordinators: tuple[str, ...]
    due: DueRule | None
    workflow: Workflow
    due_words: str = ""
    product: str = ""
    note: Note | None = None
    document: Document | None = None
    clause: Clause | None = None
    stages: tuple[str, ...] = ()
    helped_by: DueRule | None = None


def enter_by_hand(task: ByHand, *, on: date, actor: Actor) -> Task:
    """Enter a task that was typed, with its duties, assigned on a day; it says that it came by hand or from a note."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        leads = list(dict.fromkeys(task.leads))
        if task.stages and len(task.stages) != len(leads):
            raise TaskRefused(_("Name one stage for each lead, in their order, or none."))
        stages = task.stages or ("",) * len(leads)
        duties = [
            NewDuty(_agency(w, name, on=on), "lead", task.due, task.due_words, stage=stage)
            for name, stage in zip(leads, stages, strict=True)
        ]
        helped_by = (task.helped_by, "") if task.helped_by else (task.due, task.due_words)
        duties += [
            NewDuty(_agency(w, name, on=on), "coordinate", *helped_by)
            for name in dict.fromkeys(task.coordinators)
            if name not in leads
        ]
        new = NewTask(
            title=task.title,
            duties=tuple(duties),
            workflow=task.workflow,
            origin="note" if task.note else "hand",
            product=task.product,
            note=task.note,
            document=task.document,
            clause=task.clause,
        )
        return enter_task(w, new, on=on)


def meant(names: Iterable[str], *, on: date, actor: Actor) -> dict[str, str | None]:
    """Say which agency of the register each name means on a day, by its name there; None where it is new.

    A name that has ended means what followed: whoever types it sees the name of today before anything is entered.
    """
    found = {name: agencies.named(name, office_id=actor.office_id, as_of=on) for name in dict.fromkeys(names)}
    called = agencies.names([pk for pk in found.values() if pk is not None], as_of=on, known_at=None)
    return {name: None if pk is None else called[pk][0] for name, pk in found.items()}


def _agency(w: Writing, name: str, *, on: date) -> Agency:
    found = agencies.named(name, office_id=w.office.pk, as_of=on)
    if found is not None:
        return Agency.objects.get(pk=found)
    return enter_agency(w, NewAgency(name=name, kind="unknown", level="province"), on=on, backfilled=True)
