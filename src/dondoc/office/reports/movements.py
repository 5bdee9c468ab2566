"""The lines between two counts, in words: a page, a report and the command line say them alike."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dondoc.office.queries.comparisons import BridgeLine


def line_words(line: BridgeLine) -> str:
    """Say why items count elsewhere: “đang thực hiện” became “đã hoàn thành”, and for what reason."""
    before, after = line.from_label, line.to_label
    moved = _("“%(before)s” became “%(after)s”") % {"before": before, "after": after}
    if line.cause == "moved":
        return moved
    if line.cause == "handed_over":
        return _("handed to another agency, and counted as before: “%(after)s”") % {"after": after}
    if line.cause == "redefined":
        return _("because the definition changed: %(what)s") % {"what": moved}
    if line.cause == "recorded_later":
        return _("because it was recorded later: %(what)s") % {"what": _recorded(before, after, moved)}
    return _came_or_went(line)


def _recorded(before: str, after: str, moved: str) -> str:
    if not before:
        return _("it stood on the list as “%(after)s”") % {"after": after}
    return moved if after else _("it did not stand on the list (before: “%(before)s”)") % {"before": before}


def _came_or_went(line: BridgeLine) -> str:
    labels = {"before": line.from_label, "after": line.to_label}
    says = {
        ("began", True): _("new on the list: “%(after)s”"),
        ("left", False): _("taken off the list (before: “%(before)s”)"),
        ("split", True): _("came of a split: “%(after)s”"),
        ("split", False): _("split into others (before: “%(before)s”)"),
        ("merged", True): _("came of a merger: “%(after)s”"),
        ("merged", False): _("merged into another (before: “%(before)s”)"),
    }
    return says[line.cause, bool(line.to_label)] % labels
