"""The lines between two counts, in words: a page, a report and the command line say them alike."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from dondoc.office.figures.comparisons import CAUSES
from dondoc.office.queries.comparisons import BridgeLine, Comparison, Moment
from dondoc.rules.bridge import ORDER
from dondoc.rules.text import vi_date, vi_number


def line_words(line: BridgeLine, *, on_list: bool = True) -> str:
    """Say why items count elsewhere: “đang thực hiện” became “đã hoàn thành”, and for what reason.

    `on_list` is false where no list is counted, but the whole office or one agency.
    """
    before, after = line.from_label, line.to_label
    moved = _("“%(before)s” became “%(after)s”") % {"before": before, "after": after}
    if line.cause == "moved":
        return moved
    if line.cause == "handed_over":
        return _handed_over(before, after)
    if line.cause == "redefined":
        return _("because the definition changed: %(what)s") % {"what": moved}
    if line.cause == "recorded_later":
        return _("because it was recorded later: %(what)s") % {"what": _recorded(before, after, moved)}
    return _came_or_went(line, on_list=on_list)


def _handed_over(before: str, after: str) -> str:
    if not before:
        return _("taken over from another agency: “%(after)s”") % {"after": after}
    if not after:
        return _("handed over to another agency (before: “%(before)s”)") % {"before": before}
    return _("handed to another agency, and counted as before: “%(after)s”") % {"after": after}


def _recorded(before: str, after: str, moved: str) -> str:
    if not before:
        return _("it stood on the list as “%(after)s”") % {"after": after}
    return moved if after else _("it did not stand on the list (before: “%(before)s”)") % {"before": before}


def _came_or_went(line: BridgeLine, *, on_list: bool) -> str:
    labels = {"before": line.from_label, "after": line.to_label}
    if not on_list and line.cause in {"began", "left"}:
        words = _("new: “%(after)s”") if line.to_label else _("not there any more (before: “%(before)s”)")
        return words % labels
    says = {
        ("began", True): _("new on the list: “%(after)s”"),
        ("left", False): _("taken off the list (before: “%(before)s”)"),
        ("split", True): _("came of a split: “%(after)s”"),
        ("split", False): _("split into others (before: “%(before)s”)"),
        ("merged", True): _("came of a merger: “%(after)s”"),
        ("merged", False): _("merged into another (before: “%(before)s”)"),
    }
    return says[line.cause, bool(line.to_label)] % labels


def told(found: Comparison) -> list[str]:
    """Say a comparison in sentences: what is done first, then all of it, each with how much each cause did."""
    days = _days(found)
    done = [place for place, column in enumerate(found.columns) if column.state_class == "done"]
    out = []
    if done:
        before, after = (sum(counts[place] for place in done) for counts in (found.before, found.after))
        why = _why(found, done)
        words = _("From %(first)s to %(second)s, %(what)s went from %(before)s to %(after)s%(why)s.")
        if before == after and not why:
            words = _("From %(first)s to %(second)s, %(what)s stayed at %(after)s.")
        out.append(words % {**days, **_numbers(before, after), "what": _what(found, done), "why": why})
    if found.before_all != found.after_all:
        words = _("All together went from %(before)s to %(after)s%(why)s.")
        out.append(words % {**_numbers(found.before_all, found.after_all), "why": _why(found, None)})
    else:
        out.append(_("All together are %(n)s, as before.") % {"n": vi_number(found.after_all)})
    return out


def _days(found: Comparison) -> dict[str, str]:
    """Name the two days; where they are the same one, by what was known on each."""
    first, second = found.first, found.second
    if first.as_of != second.as_of:
        return {"first": vi_date(first.as_of), "second": vi_date(second.as_of)}
    return {"first": _known(first), "second": _known(second)}


def _known(moment: Moment) -> str:
    day = vi_date(moment.as_of)
    if moment.known_at is None:
        return _("%(day)s as known today") % {"day": day}
    known = moment.known_at.astimezone(get_default_timezone())
    return _("%(day)s as known at %(known)s") % {"day": day, "known": f"{known:%H:%M %d/%m/%Y}"}


def _what(found: Comparison, done: Sequence[int]) -> str:
    """Name what counts as done, by both names where the two days call it by different ones."""
    columns = found.columns
    before = [columns[place].former_label for place in done if found.before[place]]
    after = [columns[place].label for place in done if found.after[place]]
    first, second = (_quoted(names or after or before or [columns[done[0]].label]) for names in (before, after))
    return first if first == second else _("%(before)s (later: %(after)s)") % {"before": first, "after": second}


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _numbers(before: int, after: int) -> dict[str, str]:
    return {"before": vi_number(before), "after": vi_number(after)}


def _why(found: Comparison, places: Sequence[int] | None) -> str:
    """Say by how much each cause changed what several columns count together, or all; nothing where none did."""
    pieces = []
    for cause in ORDER:
        lines = [line for line in found.lines if line.cause == cause]
        by = sum(line.changes_all if places is None else sum(line.changes[place] for place in places) for line in lines)
        if by:
            pieces.append(f"{signed(by)} {_(CAUSES[cause])}")
    return f": {', '.join(pieces)}" if pieces else ""


def signed(n: int) -> str:
    """Write a change with its sign: +3, −2; nothing where nothing changed."""
    return f"+{n}" if n > 0 else f"−{-n}" if n else ""
