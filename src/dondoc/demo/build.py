"""Building the demo: what the files say is put in the order in which it was learned, and replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import Any

from dondoc.demo import clauses, compiling, data, issuing, lists, progress, steps, urging
from dondoc.demo.data import instant
from dondoc.demo.stage import Stage
from dondoc.office.actions.offices import found_office
from dondoc.office.queries import people

Happening = tuple[datetime, Callable[[Stage], None]]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of the building: the offices by name, and what the reader did not find in their documents."""

    offices: tuple[str, ...]
    missing: tuple[str, ...]


def is_complete() -> bool:
    """Say whether the demo was built to its end: its last account is there."""
    return people.account(data.accounts()[-1].username) is not None


def is_foreign() -> bool:
    """Say whether the database holds an office that is no sample: no demo is built beside it."""
    return any(not office.is_sample for office in people.offices())


def build(*, today: date, say: Callable[[str], None] = lambda _line: None) -> Built:
    """Build the demo offices; `today` is the day from which a few due days are counted."""
    stages = []
    for key in data.OFFICES:
        stage = _founded(key)
        say(stage.office.name)
        _replay(stage, today=today)
        stages.append(stage)
    missing = tuple(line for stage in stages for line in stage.missing)
    return Built(tuple(stage.office.name for stage in stages), missing)


def _founded(key: str) -> Stage:
    file = dict(data.read(key, "office")["office"])
    at = instant(file.pop("at"))
    office = found_office(**file, actor_name="Đôn Đốc (dữ liệu mẫu)", clock=lambda: at, is_sample=True)
    assert office.agency is not None
    return Stage(key, office, at, agencies={"body": office.agency})


def _replay(stage: Stage, *, today: date) -> None:
    # Equal instants keep the order of the files.
    for at, happen in sorted(_happenings(stage.key), key=lambda each: each[0]):
        stage.at = at
        happen(stage)
    stage.at = None
    for key, file in data.read(stage.key, "lists").items():
        steps.set_dues_from(stage, key, file.get("from_build_day", {}), today=today)
    progress.open_present(stage, today=today)
    urging.urge(stage, today=today)
    last = data.read(stage.key, "last")
    if last:
        account = data.accounts(stage.key)[-1]
        steps.open_account(stage, account, on=last["on"])


def _happenings(key: str) -> Iterator[Happening]:
    office, bodies, flows = (data.read(key, name) for name in ("office", "agencies", "flows"))
    founded, opened = instant(office["office"]["at"]), office["accounts"]
    yield founded, partial(steps.enter_agencies, file=bodies)
    yield instant(flows["at"]), partial(steps.lay_down_workflows, file=flows)
    if "scale" in flows:
        yield instant(flows["scale"]["at"]), partial(steps.lay_down_scale, file=flows["scale"])
    for account in data.accounts(key)[: len(opened["rows"])]:
        yield instant(opened["at"]), partial(steps.open_account, account=account, on=opened["on"])
    yield instant(office["letterhead"]["at"]), partial(steps.set_letterhead, file=office["letterhead"])
    for alias, body in bodies.get("bodies", {}).items():
        yield instant(body["at"]), partial(steps.enter_body, alias=alias, file=body)
    for post in bodies.get("posts", []):
        yield instant(post["at"]), partial(steps.hold_post, post=post)
    for follow in bodies.get("successions", []):
        yield instant(follow["at"]), partial(steps.succeed, file=follow)
    for name, file in data.read(key, "documents").items():
        yield from _of_document(name, file)
    for name, file in data.read(key, "lists").items():
        yield from _of_list(name, file, office["learned"])
    yield from _moves(key, office["learned"])
    yield from clauses.happenings(key)
    yield from progress.happenings(key)
    yield from issuing.happenings(key)
    yield from compiling.happenings(key)


def _of_document(name: str, file: dict[str, Any]) -> Iterator[Happening]:
    came = instant(file["at"])
    yield came, partial(steps.take_in, key=name, file=file)
    yield instant(file.get("accept_at", file["at"])), partial(steps.decide, key=name, file=file)
    if "bind" in file:
        yield instant(file.get("bind_at", file["at"])), partial(steps.bind, key=name, rows=file["bind"])


def _of_list(name: str, file: dict[str, Any], learned: list[dict[str, Any]]) -> Iterator[Happening]:
    yield instant(file["at"]), partial(lists.lay_down, key=name, file=file)
    for each in file.get("definitions", []):
        yield instant(each["at"]), partial(_define, list_key=name, workflow=file["workflow"], file=each)
    if "split" in file:
        yield instant(file["split"]["at"]), partial(lists.split, key=name, file=file)
    for due in file.get("dues", []):
        at = lists.learned_at(due["on"], learned)
        yield at, partial(lists.set_due, item=(name, str(due["n"])), written=due["due"], on=due["on"])


def _define(stage: Stage, *, list_key: str, workflow: str, file: dict[str, Any]) -> None:
    steps.define(stage, file, workflow=stage.workflows[workflow], programme=stage.programmes[list_key])


def _moves(key: str, learned: list[dict[str, Any]]) -> Iterator[Happening]:
    found = [step for name, file in data.read(key, "lists").items() for step in lists.steps_of(name, file, learned)]
    found += [
        step
        for name, file in data.read(key, "documents").items()
        for wanted in file.get("accept", [])
        for step in lists.steps((name, wanted["number"]), wanted.get("steps", []), learned)
    ]
    # Within one instant a task's earlier day comes first.
    found.sort(key=lambda step: (step.at, step.on))
    for at, together in groupby(found, key=lambda step: step.at):
        yield at, partial(lists.move, moved=list(together))
