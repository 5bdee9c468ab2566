"""The office's own Word file in the replay, and a report that was issued in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from dondoc.demo import data
from dondoc.demo.stage import Stage
from dondoc.office.actions.frames import NewFrame, bring_frame
from dondoc.office.actions.issued import issue_report
from dondoc.office.queries import offices
from dondoc.office.reports.board import Scope
from dondoc.office.reports.frame_samples import starter
from dondoc.office.reports.steady import steady_zip
from dondoc.rules.layouts import Layout, layout_for

FOOT = Pt(10)


def happenings(key: str) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    """List when the Word file was brought and the report issued."""
    file = data.read(key, "issuing")
    if file:
        yield data.instant(file["frame"]["at"]), partial(_bring, file=file["frame"])
        yield data.instant(file["issued"]["at"]), partial(_issue, file=file["issued"])


def word_file(layout: Layout, foot: str, *, on: date) -> bytes:
    """Make a Word file as an office would: the one to begin with, and a foot of its own on every page."""
    document = Document(BytesIO(starter(layout, on=on)))
    section = document.sections[0]
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        said = line.add_run(foot)
        said.font.size, said.italic = FOOT, True
    made = BytesIO()
    document.save(made)
    return steady_zip(made.getvalue(), on)


def _bring(stage: Stage, *, file: dict[str, Any]) -> None:
    head = offices.letterhead(stage.office.pk, on=file["on"], known_at=None)
    content = word_file(layout_for(head.hierarchy, on=file["on"]), file["foot"], on=file["on"])
    stage.frames[file["name"]] = bring_frame(NewFrame(file["name"], content, file["on"]), actor=stage.officer)


def _issue(stage: Stage, *, file: dict[str, Any]) -> None:
    scope = Scope("programme", stage.programmes[file["programme"]].key)
    issue_report(
        file["report"],
        scope,
        as_of=file["as_of"],
        on=stage.today,
        actor=stage.actor(file["by"]),
        frame=next(frame.pk for frame in stage.frames.values()),
    )
