"""Accepting: a proposal becomes a task, several become one, one becomes several, many are taken as they were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.notices import notify_assigned
from dondoc.office.actions.readings.bearers import Bearers, Said
from dondoc.office.actions.readings.refusals import ReadingRefused
from dondoc.office.actions.readings.waiting import check_documents, check_open, open_proposals, proposals_of
from dondoc.office.actions.tasks import NewDuty, NewTask, task_rows
from dondoc.office.models import DocumentHeader, Proposal, Review, Task, TaskClause, Workflow
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import definitions, documents, readings
from dondoc.rules.deadlines import DueRule

LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How a proposal is accepted: the words of the task, who leads and coordinates, and by when.

    Names that the register does not know become agencies of it; `changed` says that the person altered something.
    `start` and `end` are the place of the words in the document where the person moved it.
    """

    proposal_id: int
    title: str
    leads: tuple[str, ...]
    coordinators: tuple[str, ...]
    due: DueRule | None
    due_words: str
    changed: bool
    product: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of accepting many: the tasks, and which proposals stay open, with the reason."""

    tasks: tuple[Task, ...]
    refused: tuple[tuple[int, str], ...]


class _Taking:
    """Makes the rows of tasks within one open action; what all of them need is asked for once."""

    def __init__(self, w: Writing, workflow: Workflow, on: date) -> None:
        self._w, self._workflow, self._on = w, workflow, on
        self._heads: dict[int, DocumentHeader] = {}
        self._first: dict[date, str] = {}
        self._bearers = Bearers(w)

    def check(self, how: Acceptance, proposal: Proposal) -> None:
        """Refuse what cannot become a task, before anything of it is written."""
        if not how.title.strip():
            raise ReadingRefused(_("The task has no words. Write what must be done."))
        start, end = self._place(how, proposal)
        if not 0 <= start < end <= len(proposal.reading.document.text):
            raise ReadingRefused(_("These words do not stand in the document. Mark their place in the text anew."))
        self._bearers.check(how.leads, how.coordinators, on=self._day(proposal), said=self._said(proposal))

    def rows(self, how: Acceptance, proposal: Proposal) -> tuple[Task, list[Recorded]]:
        """Make the task and its duties, assigned on the day of the document; agencies not known yet are entered."""
        self.check(how, proposal)
        day = self._day(proposal)
        start, end = self._place(how, proposal)
        said = self._said(proposal)
        duties = [
            NewDuty(self._bearers.agency(name, on=day, said=said), role, how.due, how.due_words)
            for role, names in (("lead", how.leads), ("coordinate", how.coordinators))
            for name in dict.fromkeys(names)
        ]
        if day not in self._first:
            self._first[day] = definitions.first_state(self._workflow.pk, as_of=day)
        new = NewTask(
            title=how.title,
            duties=tuple(duties),
            workflow=self._workflow,
            kind="orientation" if proposal.is_orientation and not how.changed else "task",
            origin="reading",
            product=how.product,
            document=proposal.reading.document,
            clause=proposal.clause,
            start=start,
            end=end,
            first_state=self._first[day],
        )
        return task_rows(self._w, new, on=day)

    def _day(self, proposal: Proposal) -> date:
        return self._head(proposal).issued_on or self._on

    def _said(self, proposal: Proposal) -> Said:
        names = frozenset((*proposal.leads, *proposal.coordinators))
        return Said(self._head(proposal).issuer_name, names)

    def _head(self, proposal: Proposal) -> DocumentHeader:
        document_id = proposal.reading.document_id
        if document_id not in self._heads:
            self._heads[document_id] = documents.header_row(document_id)
        return self._heads[document_id]

    @staticmethod
    def _place(how: Acceptance, proposal: Proposal) -> tuple[int, int]:
        moved = how.start is not None and how.end is not None
        return (how.start or 0, how.end or 0) if moved else (proposal.start, proposal.end)


def accept_proposal(acceptance: Acceptance, *, workflow: Workflow, on: date, actor: Actor) -> Task:
    """Accept a proposal: it becomes a task with its duties, under the name of whoever accepted it."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        (proposal,) = open_proposals(w, [acceptance.proposal_id])
        task, rows = _Taking(w, workflow, on).rows(acceptance, proposal)
        w.record_many([("add_task", rows), ("accept_proposal", [_review(w, proposal, acceptance, task)])])
        notify_assigned(w, rows)
        return task


def accept_proposals(acceptances: Sequence[Acceptance], *, workflow: Workflow, on: date, actor: Actor) -> Accepted:
    """Accept many proposals in one go, each with its own entries of the log; one that cannot be taken stays open."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        found = proposals_of(w, [how.proposal_id for how in acceptances])
        check_documents(found)
        decided = readings.standing(found, known_at=None)
        taking = _Taking(w, workflow, on)
        batch: list[tuple[str, list[Recorded]]] = []
        tasks, refused = [], []
        for how, proposal in zip(acceptances, found, strict=True):
            try:
                check_open(decided.get(proposal.pk))
                taking.check(how, proposal)
            except Refused as refusal:
                refused.append((proposal.pk, str(refusal)))
                continue
            task, rows = taking.rows(how, proposal)
            batch += [("add_task", rows), ("accept_proposal", [_review(w, proposal, how, task)])]
            tasks.append(task)
        w.record_many(batch)
        notify_assigned(w, [row for _action, rows in batch for row in rows])
        return Accepted(tuple(tasks), tuple(refused))


def _review(w: Writing, proposal: Proposal, how: Acceptance, task: Task) -> Review:
    return w.new(Review, proposal=proposal, verdict="changed" if how.changed else "accepted", task=task)


def merge_proposals(
    acceptance: Acceptance, others: Sequence[int], *, workflow: Workflow, on: date, actor: Actor
) -> Task:
    """Accept several proposals of one document as one task, which keeps the place of each of them."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        found = open_proposals(w, [acceptance.proposal_id, *others])
        if len(found) < LEAST_PARTS:
            raise ReadingRefused(_("Only one proposal is chosen. Tick at least two to merge them."))
        if len({proposal.reading.document_id for proposal in found}) > 1:
            raise ReadingRefused(_("These proposals stand in different documents. Merge those of one document."))
        task, rows = _Taking(w, workflow, on).rows(acceptance, found[0])
        places = [
            w.new(TaskClause, task=task, document=p.reading.document, clause=p.clause, start=p.start, end=p.end)
            for p in found[1:]
        ]
        reviews = [w.new(Review, proposal=proposal, verdict="merged", task=task) for proposal in found]
        w.record_many([("add_task", [*rows, *places]), ("merge_proposals", reviews)])
        notify_assigned(w, rows)
        return task


def split_proposal(parts: Sequence[Acceptance], *, workflow: Workflow, on: date, actor: Actor) -> list[Task]:
    """Accept one proposal as several tasks, each with its own words, agencies and due day, in one decision."""
    require(actor, "administrator", "officer")
    if len(parts) < LEAST_PARTS or len({part.proposal_id for part in parts}) != 1:
        raise ReadingRefused(_("A proposal is split into two or more. Write at least two parts."))
    with writing(actor) as w:
        (proposal,) = open_proposals(w, [parts[0].proposal_id])
        taking = _Taking(w, workflow, on)
        made = [taking.rows(part, proposal) for part in parts]
        reviews = [w.new(Review, proposal=proposal, verdict="split", task=task) for task, _rows in made]
        w.record_many([*(("add_task", rows) for _task, rows in made), ("split_proposal", reviews)])
        notify_assigned(w, [row for _task, rows in made for row in rows])
        return [task for task, _rows in made]
