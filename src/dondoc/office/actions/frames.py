"""Frames: an office brings its own Word file, into which its reports are written from a day on, or ends one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, require
from dondoc.office.actions.history import writing
from dondoc.office.actions.intake import FIRST_YEAR
from dondoc.office.models import Frame
from dondoc.office.queries import frames, offices
from dondoc.office.reports.docx import to_docx
from dondoc.office.reports.frame_files import FrameRefused
from dondoc.office.reports.frame_samples import trial
from dondoc.rules.chain import digest_bytes
from dondoc.rules.layouts import NoLayout, layout_for
from dondoc.rules.text import vi_date


@dataclass(frozen=True, slots=True)
class NewFrame:
    """What an office brings: the name of the frame, the Word file, and the day from which it holds."""

    name: str
    content: bytes
    on: date


def bring_frame(new: NewFrame, *, actor: Actor) -> Frame:
    """Keep a Word file as a frame from a day on; of the same name and day it takes the former one's place.

    The file is looked at and tried with a report in sample words before it is kept. What was issued before stays as
    it was printed. Raises FrameRefused.
    """
    require(actor, "administrator", "officer")
    name = " ".join(new.name.split())[:200]
    if not name:
        raise FrameRefused(_("Give the frame a name by which it is chosen when a report is made."))
    tried(new.content, actor=actor, on=new.on)
    with writing(actor) as w:
        former = frames.standing_on(name, office_id=w.office.pk, on=new.on)
        sha256 = digest_bytes(new.content)
        if former is not None and former.sha256 == sha256 and former.until_on is None:
            raise FrameRefused(_("This very file is the frame “%(name)s” already.") % {"name": name})
        row = w.new(
            Frame,
            office=w.office,
            name=name,
            content=new.content,
            sha256=sha256,
            effective_on=new.on,
            replaces=former,
        )
        w.record("bring_frame", [row])
        return row


def tried(content: bytes, *, actor: Actor, on: date) -> bytes:
    """Print a report in sample words in a frame, as it would look on a day; refused where it cannot be done."""
    if on.year < FIRST_YEAR:
        raise FrameRefused(_("The register does not go back to %(day)s.") % {"day": vi_date(on)})
    head = offices.letterhead(actor.office_id, on=on, known_at=None)
    try:
        layout = layout_for(head.hierarchy, on=on)
    except NoLayout as missing:
        raise FrameRefused(str(missing)) from missing
    return to_docx(trial(head, layout, on=on), layout, frame=content)


def end_frame(frame_id: int, on: date, *, actor: Actor) -> Frame:
    """End a frame: from a day on it is not offered any more. Reports that were issued in it stay as they are."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        former = frames.standing(frame_id, office_id=w.office.pk)
        if former.until_on is not None:
            raise FrameRefused(_("This frame is ended already."))
        row = w.instead(former, until_on=max(on, former.effective_on))
        w.record("end_frame", [row])
        return row
