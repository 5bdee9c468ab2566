"""Workflows and definitions: laid down as data, from a day on, with their basis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.laying import ground, tidy
from dondoc.office.models import (
    Definition,
    DefinitionGroup,
    DefinitionState,
    Document,
    Programme,
    Workflow,
    WorkflowMove,
    WorkflowState,
)
from dondoc.office.queries import definitions, documents, versions
from dondoc.rules.datafiles import read_data
from dondoc.rules.states import OPEN_CLASSES
from dondoc.rules.text import vi_date


class DefinitionRefused(Refused):
    """A definition would leave a state out, or count it twice."""


@dataclass(frozen=True, slots=True)
class NewState:
    """A state of a workflow that is laid down."""

    code: str
    label: str
    state_class: str
    rank: int
    waits_for: str = "bearer"


@dataclass(frozen=True, slots=True)
class NewMove:
    """A move that a workflow allows: by whom (empty: see `_by`), whether with a reason, within which time."""

    from_state: str
    to_state: str
    by: str = ""
    needs_reason: bool = False
    within: str = ""


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group that a definition counts, with the codes of the states that fall into it."""

    code: str
    label: str
    state_class: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewDefinition:
    """What an office lays down for a list, or for all that have none of their own (no list), and on what ground.

    `basis_id` a document of the register, or `basis_words` another; these words go into the sentence.
    """

    workflow_id: int
    programme_id: int | None
    name: str
    sentence: str
    groups: tuple[NewGroup, ...]
    on: date
    basis_id: int | None = None
    basis_words: str = ""


def lay_down_workflow(
    *,
    key: str,
    name: str,
    states: Sequence[NewState],
    moves: Sequence[NewMove],
    on: date,
    actor: Actor,
) -> Workflow:
    """Lay down a workflow: its states from the least to the most advanced, and the moves it allows."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        workflow = w.new(Workflow, office=w.office, key=key, name=name)
        made = [
            w.new(
                WorkflowState,
                workflow=workflow,
                code=s.code,
                label=s.label,
                state_class=s.state_class,
                rank=s.rank,
                waits_for=s.waits_for,
                effective_on=on,
            )
            for s in states
        ]
        classes = {s.code: s.state_class for s in states}
        allowed = [
            w.new(
                WorkflowMove,
                workflow=workflow,
                from_state=m.from_state,
                to_state=m.to_state,
                by=m.by or _by(classes[m.from_state], classes[m.to_state]),
                needs_reason=m.needs_reason,
                within=m.within,
                effective_on=on,
            )
            for m in moves
        ]
        w.record("lay_down_workflow", [workflow, *made, *allowed])
        return workflow


def _by(from_class: str, to_class: str) -> str:
    """Say whose step a move is where nobody said it: between open states either side's, else the office's."""
    return "either" if {from_class, to_class} <= OPEN_CLASSES else "assigner"


def name_states(
    workflow_id: int,
    labels: Mapping[str, str],
    *,
    on: date,
    actor: Actor,
    basis_id: int | None = None,
    basis_words: str = "",
    mended: Collection[str] = (),
) -> list[WorkflowState]:
    """Call states of a workflow, by their codes, by other words from a day on; what they count as stays as it is.

    `basis_id` a document of the register, or `basis_words` another, says on what ground. Days before keep the words
    that they had; a word that begins on the same day is mended by it. `mended` are states that keep the word they have
    on that day: only its ground is corrected, since the day on which the word began. Refused: no ground, a state that
    there is not on that day, no word, a word that another state has, and words or grounds that are the old ones.
    """
    require(actor, "administrator", "officer")
    words = ground(basis_id, basis_words, refusal=DefinitionRefused)[:300]
    with writing(actor) as w:
        if not Workflow.objects.filter(pk=workflow_id, office_id=w.office.pk).exists():
            raise DefinitionRefused(_("There is no such definition. Choose one from the page of definitions."))
        standing = definitions.states_on(workflow_id, on=on)
        wanted = {code: tidy(label)[:200] for code, label in labels.items()}
        _check_labels(wanted, {code: row.label for code, row in standing.items()}, mended)
        documents.check_of_office({basis_id} - {None}, office_id=w.office.pk)
        laid = {"basis_id": basis_id, "basis_words": words}
        rows = [
            _renamed(w, standing[code], on, label=label, **laid)
            for code, label in wanted.items()
            if label != standing[code].label
        ]
        others = [standing[code] for code in sorted(set(mended))]
        rows += [w.instead(row, **laid) for row in others if (row.basis_id, row.basis_words) != (basis_id, words)]
        if not rows and others:
            raise DefinitionRefused(
                _("That is the ground of these words already. Write the right one, or take the tick out.")
            )
        if not rows:
            raise DefinitionRefused(_("The states are called so already on that day. Change a word, or the day."))
        w.record("name_states", rows)
        return rows


def _check_labels(wanted: Mapping[str, str], present: Mapping[str, str], mended: Collection[str]) -> None:
    unknown = sorted({*wanted, *mended} - present.keys())
    if unknown:
        raise DefinitionRefused(
            _("The workflow has no states %(states)s on that day. Take them out.") % {"states": ", ".join(unknown)}
        )
    if not all(wanted.values()):
        raise DefinitionRefused(_("A state needs a word by which it is called. Fill the empty field in."))
    if both := sorted(present[code] for code in mended if wanted.get(code, present[code]) != present[code]):
        raise DefinitionRefused(
            _("“%(label)s” is to have another word and to keep its own. Change the word or tick its ground, not both.")
            % {"label": both[0]}
        )
    called = Counter(label.casefold() for label in {**present, **wanted}.values())
    if twice := [label for label in wanted.values() if called[label.casefold()] > 1]:
        raise DefinitionRefused(
            _("Two states would be called “%(label)s”. Give each its own word.") % {"label": twice[0]}
        )


def _renamed(w: Writing, former: WorkflowState, on: date, **said: Any) -> WorkflowState:
    if former.effective_on == on:
        return w.instead(former, **said)
    own = ("workflow_id", "code", "state_class", "rank", "waits_for", "until_on")
    return w.new(WorkflowState, effective_on=on, **said, **{name: getattr(former, name) for name in own})


def define(
    workflow: Workflow,
    *,
    programme: Programme | None,
    name: str,
    sentence: str,
    groups: Sequence[NewGroup],
    basis: Document | None,
    on: date,
    actor: Actor,
) -> Definition:
    """Say from a day on which states count as what; earlier days keep the definition they had."""
    require(actor, "administrator", "officer")
    check(workflow.pk, groups, on=on)
    with writing(actor) as w:
        definition = w.new(
            Definition,
            workflow=workflow,
            programme=programme,
            name=name,
            sentence=sentence,
            basis=basis,
            effective_on=on,
            replaces=versions.standing_on(workflow.pk, programme.pk if programme else None, on=on),
        )
        rows: list[DefinitionGroup | DefinitionState] = []
        for order, group in enumerate(groups):
            made = w.new(
                DefinitionGroup,
                definition=definition,
                code=group.code,
                label=group.label,
                state_class=group.state_class,
                order=order,
            )
            rows.append(made)
            rows += [w.new(DefinitionState, definition=definition, group=made, state=s) for s in group.states]
        w.record("define", [definition, *rows])
        return definition


def check(workflow_id: int, groups: Sequence[NewGroup], *, on: date) -> None:
    """Refuse groups that leave a state of the workflow out, count one twice, or begin before the workflow does."""
    first = versions.first_day(workflow_id)
    if first is not None and on < first:
        raise DefinitionRefused(
            _("The states of tasks are on record since %(day)s. Choose that day or a later one.")
            % {"day": vi_date(first)}
        )
    flow = definitions.workflow(workflow_id, as_of=on)
    codes = [state for group in groups for state in group.states]
    missing = sorted(set(flow.labels) - set(codes), key=lambda code: (flow.ranks[code], code))
    if missing:
        raise DefinitionRefused(
            _("The definition leaves out the states %(states)s. Put each state in a group.")
            % {"states": ", ".join(flow.labels[code] for code in missing)}
        )
    unknown = sorted(set(codes) - set(flow.labels))
    if unknown:
        raise DefinitionRefused(
            _("The workflow has no states %(states)s on that day. Take them out.") % {"states": ", ".join(unknown)}
        )
    if len({group.code for group in groups}) != len(groups):
        raise DefinitionRefused(_("Two groups of the definition have the same code. Give each its own."))
    if len(codes) != len(set(codes)):
        raise DefinitionRefused(_("The definition counts a state twice. Put each state in one group only."))


def lay_down_definition(new: NewDefinition, *, actor: Actor) -> Definition:
    """Lay down from a day on which states count as what, with the ground for it; earlier days keep what they had."""
    words = ground(new.basis_id, new.basis_words, refusal=DefinitionRefused)
    if any(not group.states for group in new.groups):
        raise DefinitionRefused(_("A group of the definition has no state. Put one in, or take the group out."))
    workflow = Workflow.objects.filter(pk=new.workflow_id, office_id=actor.office_id).first()
    programme = Programme.objects.filter(
        pk=new.programme_id, office_id=actor.office_id, workflow_id=new.workflow_id
    ).first()
    basis = Document.objects.filter(pk=new.basis_id, office_id=actor.office_id).first()
    if workflow is None or (new.programme_id and programme is None) or (new.basis_id and basis is None):
        raise DefinitionRefused(_("There is no such definition. Choose one from the page of definitions."))
    sentence = tidy(new.sentence)
    return define(
        workflow,
        programme=programme,
        name=tidy(new.name)[:200],
        # A basis that is not in the register has no column of its own: it is said in the sentence.
        sentence=f"{sentence.rstrip('.')}. Căn cứ: {words.rstrip('.')}." if words and basis is None else sentence,
        groups=new.groups,
        basis=basis,
        on=new.on,
        actor=actor,
    )


def lay_down_standard(*, actor: Actor) -> Workflow:
    """Lay down the life of a duty that a new office begins with, and how it is counted (`rules/data/workflow.toml`)."""
    data = read_data("workflow")
    on = data["from_on"]
    workflow = lay_down_workflow(
        key=data["key"],
        name=data["name"],
        states=[
            NewState(s["code"], s["label"], s["class"], rank, s.get("waits_for", "bearer"))
            for rank, s in enumerate(data["states"])
        ],
        moves=[NewMove(from_state=state["code"], **move) for state in data["states"] for move in state["moves"]],
        on=on,
        actor=actor,
    )
    define(
        workflow,
        programme=None,
        name=data["definition"],
        sentence=data["sentence"],
        groups=[NewGroup(g["code"], g["label"], g["class"], tuple(g["states"])) for g in data["groups"]],
        basis=None,
        on=on,
        actor=actor,
    )
    return workflow
