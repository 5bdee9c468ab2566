"""Small pieces of official wording: sentence patterns filled with live numbers, lists with "and", days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from dondoc.office.reports.blocks import FigureRun, Quote, Run, Runs, Text
from dondoc.rules.text import vi_date, vi_date_in_full

_SLOT = re.compile(r"%\((\w+)\)s")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def fill(pattern: str, **pieces: str | Run | Runs) -> Runs:
    """Put words, figures and quotes into the places of a sentence pattern, in the pattern's own word order.

    The pattern is a translated message with places written %(name)s; a translation may move them. A place
    without a piece is a KeyError, because a sentence with a hole must not be printed.
    """
    runs: list[Run] = []
    for index, part in enumerate(_SLOT.split(pattern)):
        piece = pieces[part] if index % 2 else part.replace("%%", "%")
        if isinstance(piece, str):
            runs.append(Text(piece))
        elif isinstance(piece, Text | FigureRun | Quote):
            runs.append(piece)
        else:
            runs.extend(piece)
    return joined(runs)


def joined(runs: Sequence[Run]) -> Runs:
    """Melt neighbouring plain words of one look into one run and drop empty ones."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if isinstance(run, Text) and isinstance(last, Text) and (run.bold, run.italic) == (last.bold, last.italic):
            out[-1] = Text(last.text + run.text, run.bold, run.italic)
        elif not isinstance(run, Text) or run.text:
            out.append(run)
    return tuple(out)


def plain(text: str) -> str:
    """Words as they can be set: signs that nobody sees are left out, a broken line is a space.

    Such signs come with what is pasted out of Word; XML cannot hold them, and a PDF would show a box.
    """
    return _UNSEEN.sub("", text).replace("\n", " ").replace("\t", " ")


def listed(items: Sequence[Runs]) -> Runs:
    """String items together as a sentence does: one; one and two; one, two and three."""
    if len(items) < 2:
        return items[0] if items else ()
    head: Runs = items[0]
    for item in items[1:-1]:
        head = fill("%(head)s, %(item)s", head=head, item=item)
    return fill(_("%(list)s and %(last)s"), list=head, last=items[-1])


def dated_line(place: str, day: date) -> str:
    """Place and day of issue, as the head of a document has them: "Cần Thơ, ngày 05 tháng 02 năm 2024"."""
    return f"{place}, {vi_date_in_full(day)}"


def known_until(moment: datetime) -> str:
    """Say until when entries were counted."""
    return _("Entries known until %(instant)s.") % {"instant": instant_text(moment)}


def instant_text(moment: datetime) -> str:
    """An instant in the office's own time: "09:30 02/12/2023". The zone is the setting's, never the
    reader's.
    """
    local = moment.astimezone(get_default_timezone())
    return f"{local:%H:%M} {vi_date(local.date())}"
