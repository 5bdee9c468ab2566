"""Lists of tasks in the replay: laid down, filled, split, and the moves that their tasks make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from dondoc.demo import data
from dondoc.demo.stage import Item, Stage
from dondoc.office.actions import duties, programmes, tasks
from dondoc.office.actions.duties import Evidence, Move
from dondoc.office.actions.tasks import NewDuty, NewTask
from dondoc.office.models import Programme
from dondoc.rules.deadlines import DueRule


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a task: to which state, since when, written down when, by whom, on what evidence."""

    item: Item
    to: str
    on: date
    at: datetime
    by: str = ""
    note: str = ""
    document: str | None = None
    file: str | None = None


def lay_down(stage: Stage, key: str, file: dict[str, Any]) -> None:
    """Lay a list down under its resolution and put its tasks on it."""
    resolution = stage.document(file["resolution"])
    assert resolution is not None
    programme = programmes.lay_down_programme(
        key=key,
        title=file["title"],
        item_noun=file["item_noun"],
        resolution=resolution,
        workflow=stage.workflows[file["workflow"]],
        order=file["order"],
        on=file["on"],
        actor=stage.officer,
    )
    stage.programmes[key] = programme
    rows = [(str(row["n"]), _task(stage, key, file, row)) for row in all_rows(file)]
    made = tasks.add_tasks([new for _number, new in rows], on=file["on"], actor=stage.officer)
    stage.keep({(key, number): task for (number, _new), task in zip(rows, made, strict=True)})


def all_rows(file: dict[str, Any]) -> list[dict[str, Any]]:
    """List the tasks of a list, those written at length and those written in brief."""
    brief = [
        {"lead": lead, "title": title, "first": state}
        for state, leads in file.get("brief", {}).items()
        for lead, titles in leads.items()
        for title in titles
    ]
    dues = file.get("brief_due", {})
    return [*file.get("tasks", []), *({**row, "n": n, "due": dues.get(n)} for n, row in enumerate(brief, 1))]


def _task(stage: Stage, key: str, file: dict[str, Any], row: dict[str, Any]) -> NewTask:
    places: list[tuple[Programme, str]] = [(stage.programmes[key], str(row["n"]))]
    if "also" in file:
        other, offset = file["also"]
        places.append((stage.programmes[other], str(row["n"] + offset)))
    rule, words = due_rule(row.get("due"))
    lead = NewDuty(stage.agencies[row["lead"]], "lead", rule, words)
    others = [NewDuty(stage.agencies[alias], "coordinate") for alias in row.get("with", [])]
    return NewTask(
        title=row["title"],
        duties=(lead, *others),
        workflow=stage.workflows[file["workflow"]],
        kind=file.get("kind", "task"),
        is_sample=row.get("sample", True),
        first_state=row.get("first"),
        programmes=tuple(places),
    )


def due_rule(written: list[Any] | None) -> tuple[DueRule | None, str]:
    """Turn a due day as the files write it into the rule and the words for it."""
    if not written:
        return None, ""
    kind, on, words = written
    return DueRule(kind, on), words


def split(stage: Stage, key: str, file: dict[str, Any]) -> None:
    """Split the tasks of a list that the file says were split; the parts take their places."""
    day, note = file["split"]["on"], file["split"]["note"]
    for row in file["tasks"]:
        if "split" not in row:
            continue
        origin = stage.tasks[(key, str(row["n"]))]
        whole = replace(_task(stage, key, file, row), programmes=())
        parts = [replace(whole, title=part["title"]) for part in row["split"]]
        made = tasks.split_task(origin, parts, on=day, note=note, actor=stage.officer)
        stage.keep({(key, f"{row['n']}.{i}"): task for i, task in enumerate(made, 1)})


def set_due(stage: Stage, item: Item, written: list[Any], *, on: date) -> None:
    """Set another due day for what the lead of a task owes."""
    rule, words = due_rule(written)
    assert rule is not None
    duty = stage.tasks[item].duties.get(role="lead")
    duties.set_due(duty, rule, words=words, on=on, actor=stage.officer)


def steps_of(key: str, file: dict[str, Any], learned: list[dict[str, Any]]) -> Iterator[Step]:
    """List the moves of all tasks of a list, with the instants at which the office learned of them."""
    lives = file.get("lives", {})
    for row in file.get("tasks", []):
        parts = enumerate(row.get("split", []), 1)
        lived = [(str(row["n"]), row), *((f"{row['n']}.{i}", part) for i, part in parts)]
        for number, life in lived:
            yield from steps((key, number), life.get("steps") or lives.get(life.get("life"), []), learned)


def steps(item: Item, written: list[Any], learned: list[dict[str, Any]]) -> Iterator[Step]:
    """Read moves, each either "state day" or a mapping that says more."""
    for one in written:
        each = one if isinstance(one, dict) else dict(zip(("to", "on"), one.split(), strict=True))
        on = date.fromisoformat(str(each["on"]))
        yield Step(
            item,
            each["to"],
            on,
            data.instant(each["at"]) if "at" in each else learned_at(on, learned),
            by=each.get("by", ""),
            note=each.get("note", ""),
            document=each.get("doc"),
            file=each.get("file"),
        )


def learned_at(day: date, learned: list[dict[str, Any]]) -> datetime:
    """Say when the office learned what happened on a day: that evening, or when a late document brought it."""
    late = next((row for row in learned if row["from"] <= day < row["until"]), None)
    return data.instant(late["at"]) if late else data.evening(day)


def move(stage: Stage, moved: list[Step]) -> None:
    """Make the moves that were written down at one instant: the agencies' own, then the office's in one batch."""
    batch = []
    for step in moved:
        if step.item not in stage.duties:
            continue  # its proposal was not found, and `missing` says so
        lead, *others = stage.duties[step.item]
        content = data.content(stage.key, "evidence", step.file) if step.file else None
        document = stage.documents[step.document] if step.document else None
        evidence = Evidence(document, content, step.file or "")
        main = Move(lead, step.to, step.on, note=step.note, evidence=evidence)
        if step.by:
            duties.move_duty(main, actor=stage.actor(step.by))
        else:
            batch.append(main)
        batch += [Move(duty, step.to, step.on) for duty in others]
    if batch:
        duties.move_duties(batch, actor=stage.officer)
