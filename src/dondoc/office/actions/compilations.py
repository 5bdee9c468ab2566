"""Reports in the making: begun, written by several hands, taken over from agencies, put in order.

Nothing that somebody wrote is ever lost: a passage is replaced by naming the one that is replaced, and whoever comes
second is told what the first one wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, Viewer, office_wide, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Compilation, CompilationSection, Passage
from dondoc.office.queries import compilations, frames, progress
from dondoc.office.queries.compilations import Overwritten
from dondoc.office.reports.board import Scope
from dondoc.office.reports.passages import check_insertions, places
from dondoc.office.reports.templates import make, template_of

WRITERS = ("officer", "leader", "administrator")
STEP = 10  # between the orders of two neighbours, so that one can be put between


class CompilingRefused(Refused):
    """A report in the making cannot be begun or changed like this."""


@dataclass(frozen=True, slots=True)
class NewCompilation:
    """A report that is to be written: by which template, on what, as of which day, from which period of progress.

    An empty title takes the template's own; `frame_id` is the office's own Word file, None for the program's layout.
    """

    report: str
    scope: Scope
    as_of: date
    period_id: int | None = None
    frame_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class SectionWords:
    """What is laid down of a section: heading ("" for the template's), who answers for it, whether it is left out."""

    heading: str = ""
    owner_id: int | None = None
    left_out: bool = False


def begin_compilation(new: NewCompilation, *, on: date, actor: Actor) -> Compilation:
    """Begin a report; refused where its template is not written about this, or nothing is on record of it."""
    require(actor, *WRITERS)
    if new.as_of > on:
        raise CompilingRefused(_("A report is written as of a day that has come. Choose today or an earlier day."))
    report, _layout = make(new.report, new.scope, viewer=actor.viewer, as_of=new.as_of, known_at=None, issued_on=on)
    with writing(actor) as w:
        if new.period_id is not None:
            progress.of_office(new.period_id, office_id=w.office.pk)
        if new.frame_id is not None:
            frames.offered(new.frame_id, office_id=w.office.pk, on=on)
        row = w.new(
            Compilation,
            office=w.office,
            report=new.report,
            title=(new.title.strip() or report.title)[:300],
            scope=new.scope.arguments,
            as_of=new.as_of,
            period_id=new.period_id,
            frame_id=new.frame_id,
        )
        w.record("begin_compilation", [row])
        return row


def write_passage(
    compilation_id: int, section: str, text: str, *, actor: Actor, replaces: int | None = None
) -> Passage:
    """Write a passage at the end of a section, or in place of one that stands; an empty text takes that one away.

    Raises Overwritten where somebody else replaced the passage meanwhile.
    """
    require(actor, *WRITERS)
    words = "\n".join(line.rstrip() for line in text.strip().splitlines())
    check_insertions(words)
    with writing(actor) as w:
        found = compilations.of_office(compilation_id, office_id=w.office.pk)
        _check_section(found, section, on=w.today)
        if replaces is None:
            if not words:
                raise CompilingRefused(_("There is nothing to write down: the field is empty."))
            row = _new(w, found, section, words, order=_last(found.pk, section) + STEP)
        else:
            old = compilations.passage_of(replaces, compilation_id=found.pk)
            if old.text == words:
                return old
            row = _new(w, found, old.section, words, order=old.order, old=old)
        w.record("write_passage" if words else "take_passage_away", [row])
        return row


def take_over(compilation_id: int, section: str, steps: Sequence[int], *, on: date, actor: Actor) -> int:
    """Take over what agencies reported into a section, word for word, each with its source; gives how many.

    What the section has from the same report already is not taken over again.
    """
    require(actor, *WRITERS)
    with writing(actor) as w:
        found = compilations.of_office(compilation_id, office_id=w.office.pk)
        part = _check_section(found, section, on=w.today)
        moment: dict[str, Any] = {"viewer": office_wide(w.office.pk), "as_of": on, "known_at": None}
        row = compilations.compilation(found.pk, **moment)
        offered = {
            one.step_id: one
            for one in compilations.offers(row, **moment)
            if one.part == part and section not in one.taken_into
        }
        wanted = [offered[step] for step in dict.fromkeys(steps) if step in offered]
        if not wanted:
            raise CompilingRefused(
                _("Nothing of this is offered any more: it was taken over already, or given back to its agency.")
            )
        last = _last(found.pk, section)
        passages = [
            _new(w, found, section, one.text, order=last + STEP * number, source_id=one.step_id)
            for number, one in enumerate(wanted, start=1)
        ]
        w.record("take_over_progress", passages)
        return len(passages)


def move_passage(compilation_id: int, passage_id: int, *, up: bool, actor: Actor) -> None:
    """Move a passage before or behind its neighbour; at the end of the section nothing moves."""
    require(actor, *WRITERS)
    with writing(actor) as w:
        found = compilations.of_office(compilation_id, office_id=w.office.pk)
        moved = compilations.passage_of(passage_id, compilation_id=found.pk)
        row = compilations.compilation(found.pk, viewer=actor.viewer, as_of=found.as_of, known_at=None)
        keys = [one.id for one in row.of(moved.section)]
        at = keys.index(moved.pk)
        other = at - 1 if up else at + 1
        if not 0 <= other < len(keys):
            return
        keys[at], keys[other] = keys[other], keys[at]
        standing = {one.pk: one for one in Passage.objects.filter(pk__in=keys)}
        again = [
            _new(w, found, old.section, old.text, order=STEP * number, old=old)
            for number, old in enumerate((standing[key] for key in keys), start=1)
            if old.order != STEP * number
        ]
        w.record("move_passage", again)


def lay_down_section(
    compilation_id: int,
    key: str,
    words: SectionWords,
    *,
    actor: Actor,
    replaces: int | None = None,
) -> CompilationSection:
    """Lay down of a section its heading, who answers for it and whether it is left out.

    `replaces` is what the person saw of it (None: as the template has it). Raises Overwritten where that has changed.
    """
    require(actor, *WRITERS)
    with writing(actor) as w:
        found = compilations.of_office(compilation_id, office_id=w.office.pk)
        _check_section(found, key, on=w.today)
        _check_owner(words.owner_id, w)
        old = compilations.section_of(key, compilation_id=found.pk)
        if (old.pk if old else None) != replaces:
            raise Overwritten(
                _("%(name)s has changed this section meanwhile. Look at it and send yours again.")
                % {"name": old.entry.actor_name if old else ""},
                old,
            )
        row = _section(w, found, key, words, order=_order(found, key, actor.viewer, on=w.today), old=old)
        w.record("lay_down_section", [row])
        return row


def add_section(compilation_id: int, heading: str, *, actor: Actor, owner_id: int | None = None) -> CompilationSection:
    """Add a section of free text behind all others of the body."""
    require(actor, *WRITERS)
    if not heading.strip():
        raise CompilingRefused(_("Give the section its heading."))
    with writing(actor) as w:
        found = compilations.of_office(compilation_id, office_id=w.office.pk)
        _check_owner(owner_id, w)
        own = CompilationSection.objects.filter(compilation=found, key__startswith="own-", replaces=None)
        last = max(_orders(found, actor.viewer, on=w.today).values())
        row = _section(
            w, found, f"own-{own.count() + 1}", SectionWords(heading.strip(), owner_id), order=last + STEP, old=None
        )
        w.record("add_section", [row])
        return row


def move_section(compilation_id: int, key: str, *, up: bool, actor: Actor) -> None:
    """Move a section before or behind its neighbour; at either end nothing moves."""
    require(actor, *WRITERS)
    with writing(actor) as w:
        found = compilations.of_office(compilation_id, office_id=w.office.pk)
        orders = _orders(found, actor.viewer, on=w.today)
        keys = list(orders)
        if key not in keys:
            raise _no_section()
        at = keys.index(key)
        other = at - 1 if up else at + 1
        if not 0 <= other < len(keys):
            return
        keys[at], keys[other] = keys[other], keys[at]
        rows = []
        for number, name in enumerate(keys, start=1):
            if orders[name] != number * STEP:
                old = compilations.section_of(name, compilation_id=found.pk)
                words = SectionWords(old.heading, old.owner_id, old.left_out) if old else SectionWords()
                rows.append(_section(w, found, name, words, order=number * STEP, old=old))
        w.record("move_section", rows)


def _new(
    w: Writing,
    found: Compilation,
    section: str,
    text: str,
    *,
    order: int,
    old: Passage | None = None,
    source_id: int | None = None,
) -> Passage:
    return w.new(
        Passage,
        compilation=found,
        section=section,
        order=order,
        text=text,
        source_id=old.source_id if old else source_id,
        replaces=old,
    )


def _section(
    w: Writing,
    found: Compilation,
    key: str,
    words: SectionWords,
    *,
    order: int,
    old: CompilationSection | None,
) -> CompilationSection:
    return w.new(
        CompilationSection,
        compilation=found,
        key=key,
        order=order,
        heading=words.heading.strip()[:300],
        owner_id=words.owner_id,
        left_out=words.left_out,
        replaces=old,
    )


def _last(compilation_id: int, section: str) -> int:
    rows = Passage.objects.filter(compilation_id=compilation_id, section=section).order_by("-order")
    return rows.values_list("order", flat=True).first() or 0


def _check_section(found: Compilation, key: str, *, on: date) -> str:
    """Refuse a section that the report does not have; say which part of progress is offered for it."""
    section = next((one for one in template_of(found.report, on=on).sections if one.key == key), None)
    if section is not None:
        return section.offers
    if compilations.section_of(key, compilation_id=found.pk) is None:
        raise _no_section()
    return ""


def _no_section() -> CompilingRefused:
    return CompilingRefused(_("The report has no such section. Load the page again."))


def _check_owner(owner_id: int | None, w: Writing) -> None:
    if owner_id is not None and owner_id not in dict(compilations.owners_of(w.office.pk, on=w.today)):
        raise CompilingRefused(_("Only somebody of the office itself can answer for a section."))


def _orders(found: Compilation, viewer: Viewer, *, on: date) -> dict[str, int]:
    """Give the sections in their order, with the number by which each is ordered."""
    row = compilations.compilation(found.pk, viewer=viewer, as_of=found.as_of, known_at=None)
    template = template_of(found.report, on=on)
    own = {section.key: number * STEP for number, section in enumerate(template.sections, start=1)}
    laid_down = {key: section.order for key, section in row.sections.items()}
    return {place.key: {**own, **laid_down}[place.key] for place in places(row, template, language="vi")}


def _order(found: Compilation, key: str, viewer: Viewer, *, on: date) -> int:
    return _orders(found, viewer, on=on)[key]
