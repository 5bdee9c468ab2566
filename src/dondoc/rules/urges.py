"""How an agency is urged: kinds and channels, each from a day on with its source, and the draft of a letter
(`data/urges.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from dondoc.rules.datafiles import read_data
from dondoc.rules.text import vi_date, vi_number

Subject = Literal["clause", "duty"]
LONGEST_QUOTE = 600  # letters of the document's words in a draft


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of urging or a channel for it: key, word, since when, by which source. `sure` as in parameters."""

    key: str
    label: str
    from_on: date
    source: str
    sure: bool
    ask: str = ""


class UnknownWay(LookupError):
    """A kind or channel of urging that the data do not have on that day."""

    def __init__(self, key: str, on: date) -> None:
        super().__init__(f"Không có hình thức đôn đốc “{key}” vào ngày {vi_date(on)}. Hãy chọn trong danh sách.")
        self.key = key


def kinds(*, on: date) -> tuple[Way, ...]:
    """List the kinds of urging of a day, the mildest first."""
    return _ways("kind", on)


def channels(*, on: date) -> tuple[Way, ...]:
    """List the channels of a day by which an agency is urged."""
    return _ways("channel", on)


def kind(key: str, *, on: date) -> Way:
    """Give a kind of urging by its key as of a day. Raises UnknownWay."""
    return _one(kinds(on=on), key, on)


def channel(key: str, *, on: date) -> Way:
    """Give a channel of urging by its key as of a day. Raises UnknownWay."""
    return _one(channels(on=on), key, on)


def kind_label(key: str, *, on: date) -> str:
    """Name a kind of urging as it was called on a day; one that the data lost keeps its key."""
    return next((way.label for way in kinds(on=on) if way.key == key), key)


def _one(ways: tuple[Way, ...], key: str, on: date) -> Way:
    found = next((way for way in ways if way.key == key), None)
    if found is None:
        raise UnknownWay(key, on)
    return found


@lru_cache(maxsize=256)
def _ways(table: str, on: date) -> tuple[Way, ...]:
    """Keep of each key the row with the latest day not after this one, in the order of the file."""
    found: dict[str, Way] = {}
    for row in read_data("urges")[table]:
        if row["from"] <= on and (row["key"] not in found or found[row["key"]].from_on <= row["from"]):
            found[row["key"]] = Way(
                row["key"], row["label"], row["from"], row["source"], row.get("sure", True), row.get("ask", "")
            )
    return tuple(found.values())


def draft(
    about: Subject,
    *,
    on: date,
    way: Way,
    agency: str,
    speaker: str,
    title: str,
    place: str,
    words: str,
    answer_by: date | None,
    due_on: date | None = None,
    days_late: int = 0,
) -> str:
    """Write the draft of a letter that urges an agency; a person reads it and changes what is to be changed.

    `words` are the document's own; they are cut where they are long. A duty says its due day and how late it is. No
    number and no signature: the office's letterhead has them.
    """
    names = {"agency": agency, "speaker": speaker}
    rows: list[dict[str, Any]] = [
        row for row in read_data("urges")["draft"] if row["key"] == about and row["from"] <= on
    ]
    text: str = max(rows, key=lambda row: row["from"])["text"]
    return text.strip().format(
        **names,
        title=title,
        place=place,
        words=_quoted(words),
        day=vi_date(on),
        late=_late(due_on, days_late),
        ask=way.ask.format(**names),
        by=f" trước ngày {vi_date(answer_by)}" if answer_by else "",
    )


def _late(due_on: date | None, days_late: int) -> str:
    if due_on is None:
        return ""
    due = f" (hạn {vi_date(due_on)})"
    return f", quá hạn {vi_number(days_late)} ngày{due}" if days_late > 0 else due


def _quoted(words: str) -> str:
    whole = " ".join(words.split())
    if len(whole) <= LONGEST_QUOTE:
        return whole.rstrip(".;, ")
    return whole[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(".;, ") + " …"
