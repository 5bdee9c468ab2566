"""What hangs on a document: every record that was made from it, and so may hold its words.

The way is found in the tables themselves: whatever points to a reached row is reached, unless it is named here as no
part of the document. A table that is added later is therefore reached until somebody says why it need not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from django.apps import apps
from django.db import models
from django.db.models import F, ForeignKey, Model, Q
from django.db.models.fields.reverse_related import ForeignObjectRel

from dondoc.office.models import (
    Agency,
    AgencyName,
    Claim,
    Clause,
    Document,
    DocumentHeader,
    Note,
    Petition,
    Programme,
    ProgrammeName,
    Proposal,
    Review,
    SavedView,
    Task,
    TaskProduct,
)
from dondoc.office.models.facts import Recorded
from dondoc.rules.quoting import quotes, runs

Reached = dict[type[Model], set[int]]
Grounds = dict[type[Model], dict[int, list[str]]]  # of each row the columns that quote

# What points to a document (or to what hangs on it) and holds nothing of it: the table and the column → why.
NO_PART = {
    ("documentlink", "target"): "stands in the text of the other document",
    ("documentlink", "target_clause"): "stands in the text of the other document",
    ("withdrawal", "successor"): "says of another document that this one is the right one",
    ("expungerequest", "document"): "names who asked; it has no words",
    ("expunging", "document"): "what is kept of an expunged document",
    ("expunging", "request"): "what is kept of an expunged document",
    ("deliveredfile", "delivery"): "the other files of a delivery are other documents",
    ("dutybearer", "basis"): "which agency bears a duty is no secret of the document that says so",
    ("definition", "basis"): "a definition is the office's own words",
    ("definition", "workflow"): "a definition is the office's own words",
    ("workflowstate", "basis"): "what states are called is the office's own words",
    ("measure", "basis"): "how a rate is worked out is the office's own words",
    ("scale", "basis"): "how agencies are ranked is the office's own words",
    ("succession", "basis"): "which agency follows which is public",
    ("period", "programme"): "the days of a period and its name are the office's own words",
    ("progress", "period"): "what is reported of other duties in a period is of their own tasks",
}
# What a reached row points to and what hangs on the document as well.
ALSO = (
    ("document", "original"),
    ("taskclause", "task"),
    ("review", "task"),
    ("programmetask", "task"),
    ("tasklineage", "result"),
    ("deliveredfile", "delivery"),
)
# By which columns what came of a document is known to those who read of it.
NAMES: dict[type[Model], tuple[str, ...]] = {
    DocumentHeader: ("number", "subject", "short_title"),
    Task: ("title", "product"),
    TaskProduct: ("words",),
    Programme: ("title",),
    ProgrammeName: ("title",),
    Note: ("text",),
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a document left something: records, rules of the office with the columns that quote it, kept lists.

    Records lose all their words; a rule loses what quotes, mostly its ground: what it counts, ranks and allows is the
    office's own, and goes on. Kept lists (of tasks, under a name) are no records and go.
    """

    records: Reached
    rules: Grounds
    kept_lists: frozenset[int]


def reach(document_id: int, *, office_id: int) -> Reach:
    """Give everything that holds something of a document, by its table: what hangs on it, and what quotes its words.

    The document itself and its file are among them; other documents are not, they are judged by themselves.
    """
    found = _hanging({Document: {document_id}})
    told = frozenset(_told(document_id, found))
    quoting: Reached = {}
    rules: Grounds = {}
    for model, pk, columns in _quoting(told, found, office_id=office_id):
        if model._meta.model_name in RULES:
            rules.setdefault(model, {})[pk] = columns
        else:
            quoting.setdefault(model, set()).add(pk)
    records = _hanging(found | {model: keys | found.get(model, set()) for model, keys in quoting.items()})
    return Reach(records, rules, frozenset(_kept_lists(told, records, office_id=office_id)))


def _hanging(seeds: Reached) -> Reached:
    found: Reached = {}
    waiting = list(seeds.items())
    while waiting:
        model, keys = waiting.pop()
        new = keys - found.setdefault(model, set())
        if not new:
            continue
        found[model] |= new
        if model is Agency:  # what else it owes is its own
            continue
        for other, column in _pointing(model):
            keys = set(other._base_manager.filter(**{f"{column}__in": new}).values_list("pk", flat=True))
            waiting.append((other, keys))
        for table, column in ALSO:
            if model._meta.model_name == table:
                rows = model._base_manager.filter(pk__in=new).exclude(**{column: None})
                if table == "taskclause":  # a task made elsewhere and tied here by mistake has nothing from here
                    rows = rows.filter(Q(ending=None) | Q(entry=F("task__entry")))
                target: Any = model._meta.get_field(column).related_model
                waiting.append((target, set(rows.values_list(column, flat=True))))
    _reach_agencies(found)
    return {model: keys for model, keys in found.items() if keys}


@cache
def _pointing(model: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """List the records that point to rows of a table, each with its column; also where the table knows no way back."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        other: Any = relation.related_model
        column = relation.field.name
        if issubclass(other, Recorded) and (other._meta.model_name, column) not in NO_PART and column != "replaces":
            found.append((other, column))
    return tuple(found)


def _reach_agencies(found: Reached) -> None:
    """Add the agencies that the register knows only because somebody accepted what was read here, with their names."""
    instants = Review.objects.filter(pk__in=found.get(Review, ())).values("recorded_at")
    new = Agency.objects.filter(recorded_at__in=instants, kind="unknown")
    names = AgencyName.objects.filter(agency__in=new).values_list("pk", flat=True)
    found.setdefault(AgencyName, set()).update(names)
    found.setdefault(Agency, set()).update(new.values_list("pk", flat=True))


def derived(model: type[Model]) -> list[tuple[type[Model], str]]:
    """List the tables that are no records and are made of the rows of a table again at any time, with their column."""
    tables = [one for one in apps.get_app_config("office").get_models() if not issubclass(one, Recorded)]
    return [
        (table, field.name)
        for table in tables
        for field in table._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is model
    ]


# What an office lays down; a word of it may name the document that says so.
RULES = frozenset(
    {"definition", "definitiongroup", "measure", "officeparameter", "scale", "scaleband", "succession", "workflowstate"}
)
# What a document says of itself, and what no person writes: another document is judged by itself.
NOT_SCANNED = frozenset(
    {
        "original",
        "document",
        "documentheader",
        "documentlink",
        "clause",
        "reading",
        "readingfailure",
        "proposal",
        "claim",
        "petition",
        "letterhead",
        "agency",
        "agencyname",
        "agencyparent",
        "agencymember",
        "workflow",
        "workflowmove",
        "person",
        "post",
        "backup",
        "expunging",
    }
)


def _told(document_id: int, found: Reached) -> Iterator[str]:
    """Give the runs of words by which a text would give away the document: of its parts, and of what came of it."""
    text = Document.objects.values_list("text", flat=True).get(pk=document_id)
    parts: tuple[type[Model], ...] = (Clause, Proposal, Petition)
    for model in parts:
        for start, end in model._base_manager.filter(pk__in=found.get(model, ())).values_list("start", "end"):
            yield from runs(text[start:end])
    for start, end in Claim.objects.filter(pk__in=found.get(Claim, ())).values_list("start", "end"):
        yield from runs(line_around(text, start, end))
    for model, columns in NAMES.items():
        for row in model._base_manager.filter(pk__in=found.get(model, ())).values_list(*columns):
            for value in row:
                yield from runs(value)


def line_around(text: str, start: int, end: int) -> str:
    """Give the line in which a place of a text lies."""
    behind = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : behind if behind >= 0 else len(text)]


def _quoting(told: frozenset[str], found: Reached, *, office_id: int) -> Iterator[tuple[type[Model], int, list[str]]]:
    """Find the records of an office that quote one of these runs of words (notes, urges, reports), and where."""
    for model in apps.get_app_config("office").get_models():
        columns = [field.name for field in model._meta.concrete_fields if holds_words(field)]
        if model._meta.model_name in RULES:  # their values are no words
            columns = [name for name in columns if not isinstance(model._meta.get_field(name), models.JSONField)]
        if not (columns and issubclass(model, Recorded)) or model._meta.model_name in NOT_SCANNED:
            continue
        rows = model._base_manager.filter(entry__office=office_id).exclude(pk__in=found.get(model, ()))
        for pk, *values in rows.values_list("pk", *columns).iterator(chunk_size=500):
            said = zip(columns, values, strict=True)
            quoting = [column for column, value in said if value and quotes(str(value), told)]
            if quoting:
                yield model, pk, quoting


def _kept_lists(told: frozenset[str], found: Reached, *, office_id: int) -> Iterator[int]:
    """Find the lists of tasks that somebody keeps and that ask for words of the document, or for a list of its own."""
    own = set(Programme.objects.filter(pk__in=found.get(Programme, ())).values_list("key", flat=True))
    rows = SavedView.objects.filter(office_id=office_id).values_list("pk", "name", "query")
    for pk, name, query in rows:
        asked = [value for _name, value in parse_qsl(query)]
        if own & set(asked) or any(quotes(words, told) for words in (name, *asked)):
            yield pk


def holds_words(field: Any) -> bool:
    """Say whether a column can hold words that somebody wrote or the reader read; codes and choices are none."""
    if isinstance(field, models.SlugField) or field.choices:
        return False
    return isinstance(field, models.TextField | models.CharField | models.JSONField)
