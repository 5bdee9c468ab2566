"""Erasing: the words of a document are destroyed wherever they stand; rows, days, names and hashes stay."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import translation
from django.utils.translation import gettext as _

from dondoc.office.models import (
    Agency,
    AgencyName,
    ClaimBinding,
    Compilation,
    Issued,
    LogEntry,
    Passage,
    Programme,
    ProgrammeName,
    SavedView,
    Task,
)
from dondoc.office.queries.removals.reach import Reach, Reached, derived, holds_words
from dondoc.rules.text import folded, sort_key

# Columns without words of a document: what names a row, counts, or says of which kind it is.
KEPT = frozenset(
    {
        "original.sha256",
        "original.media_type",
        "clause.address",
        "reading.reader_version",
        "readingfailure.reader_version",
        "proposal.rule",
        "proposal.confidence",
        "claim.rule",
        "claim.state",
        "claim.confidence",
        "dutydue.kind",
        "dutydue.every",
        "agency.kind",
        "agency.level",
        "issued.sha256",
        "issued.scope",
        "issued.program_version",
        "issuedfile.sha256",
        "claimbinding.figure",
        "claimbinding.arguments",
        "compilation.scope",
    }
)
# What must say something, by a constraint or to be told apart, says this.
NEVER_EMPTY = frozenset(
    {
        "assigneeanswer.reason",
        "progressstep.result",
        "progressstep.reason",
        "definition.name",
        "definitiongroup.label",
        "measure.name",
        "scale.name",
        "scaleband.label",
        "workflowstate.label",
    }
)
GONE = "–"
# Pointers that say something of it.
LOOSED = {"documentheader": ("issuer",), "documentlink": ("target", "target_clause")}
OPEN_THE_DOOR = "set local dondoc.expunge = 'on'"
FORGET_JOBS = "delete from procrastinate_jobs where args ->> 'document_id' = %s"


def erase(reach: Reach, *, document_id: int, office_id: int) -> None:
    """Destroy these words and what the log says of them, within the transaction of the caller."""
    reached = reach.records
    with connection.cursor() as cursor:
        cursor.execute(OPEN_THE_DOOR)
        cursor.execute(FORGET_JOBS, [str(document_id)])
    entries: set[int] = set()
    renamed = _rename_programmes(reached.get(Programme, set()), office_id=office_id)
    for model, keys in [*reached.items(), *renamed.items()]:
        rows = model._base_manager.filter(pk__in=keys)
        values = destroyed(model)
        entries |= set(rows.values_list("entry_id", flat=True)) if values or model in renamed else set()
        if values and model in reached:
            rows.update(**values)
        for table, column in derived(model):
            table._base_manager.filter(**{f"{column}__in": keys}).delete()
    SavedView.objects.filter(pk__in=reach.kept_lists).delete()
    for model, quoting in reach.rules.items():
        values = destroyed(model)
        for pk, columns in quoting.items():
            rows = model._base_manager.filter(pk=pk)
            rows.update(**{column: values[column] for column in columns})
            entries |= set(rows.values_list("entry_id", flat=True))
    with translation.override(settings.LANGUAGE_CODE):
        _name_again(reached)
    LogEntry.objects.filter(pk__in=entries, office_id=office_id).update(detail=None)


def destroyed(model: type[models.Model]) -> dict[str, Any]:
    """Say what takes the place of each column of a table that can hold something of a document."""
    found: dict[str, Any] = dict.fromkeys(LOOSED.get(model._meta.model_name or "", ()))
    for field in model._meta.concrete_fields:
        if f"{model._meta.model_name}.{field.name}" in KEPT:
            continue
        if field.name in {"start", "end"}:
            found[field.name] = None if field.null else int(field.name == "end")
        elif isinstance(field, models.BinaryField):
            found[field.name] = b""
        elif isinstance(field, models.DecimalField):
            found[field.name] = None if field.null else 0
        elif holds_words(field):
            never_empty = f"{model._meta.model_name}.{field.name}" in NEVER_EMPTY
            found[field.name] = GONE if never_empty else _nothing(field)
    return found


def _nothing(field: Any) -> Any:
    if isinstance(field, models.JSONField):
        return None if field.null else field.get_default()
    return ""


def _name_again(reached: Reached) -> None:
    """Give what must have a name a neutral one."""
    for pk in sorted(reached.get(Task, ())):
        title = _("Task %(n)d, of a document that was expunged") % {"n": pk}
        Task.objects.filter(pk=pk).update(title=title, folded=folded(title), sort_key=sort_key(title))
    for pk in sorted(reached.get(AgencyName, ())):
        name = _("Agency %(n)d, named by a document that was expunged") % {"n": pk}
        AgencyName.objects.filter(pk=pk).update(name=name, folded=folded(name), sort_key=sort_key(name))
    for pk in sorted(reached.get(Issued, ())):
        title = _("Report %(n)d, destroyed with a document that was found secret") % {"n": pk}
        Issued.objects.filter(pk=pk).update(title=title)
    for pk in sorted(reached.get(Compilation, ())):
        title = _("Report in the making %(n)d, about a document that was expunged") % {"n": pk}
        Compilation.objects.filter(pk=pk).update(title=title)
    for pk in sorted(reached.get(Agency, ())):
        Agency.objects.filter(pk=pk).update(key=f"expunged-{pk}")
    for pk in sorted(reached.get(Programme, ())):
        title = _("List %(n)d, of a document that was expunged") % {"n": pk}
        Programme.objects.filter(pk=pk).update(title=title, item_noun=_("task"))
    for later in ProgrammeName.objects.filter(pk__in=reached.get(ProgrammeName, ())):
        title = _("List %(n)d, of a document that was expunged") % {"n": later.programme_id}
        ProgrammeName.objects.filter(pk=later.pk).update(title=title)


def _rename_programmes(keys: Iterable[int], *, office_id: int) -> Reached:
    """Give lists keys without words, also where a claim or a printed report is about one of them."""
    about: Reached = {}
    for pk, former in Programme.objects.filter(pk__in=keys).values_list("pk", "key"):
        new = f"expunged-{pk}"
        Programme.objects.filter(pk=pk).update(key=new)
        for model, column in ((ClaimBinding, "arguments"), (Issued, "scope"), (Compilation, "scope")):
            wanted = {"entry__office": office_id, f"{column}__programme": former}
            for row in model._base_manager.filter(**wanted):
                model._base_manager.filter(pk=row.pk).update(**{column: getattr(row, column) | {"programme": new}})
                about.setdefault(model, set()).add(row.pk)
        # Figures that are named within words name the list, too.
        naming = Passage.objects.filter(entry__office=office_id, text__contains=f"programme={former}")
        for key, text in list(naming.values_list("pk", "text")):
            Passage.objects.filter(pk=key).update(text=text.replace(f"programme={former}", f"programme={new}"))
            about.setdefault(Passage, set()).add(key)
    return about
