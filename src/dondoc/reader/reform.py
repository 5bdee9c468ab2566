"""The reform of 2025 as dated facts: which agencies and places ended, when, and what follows them.

Read from ``data/reform2025.txt``, the one place where these facts stand; reader and office read them from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, cast

from dondoc.reader.find.lexicon import fold, rows

Surety = Literal["read", "day", "memory"]


@dataclass(frozen=True, slots=True)
class ReformFact:
    """One agency or place that ended; ``new`` is empty where nothing follows.

    ``open`` says that the name may go on ("Sở Giao thông vận tải" + "tỉnh Hà Trung"). ``surety`` is "read" (read in
    the source), "day" (sure but for the exact day) or "memory" (to be checked). ``number`` is that of the document
    that says so, empty where we do not know it.
    """

    old: str
    new: str
    on: date
    how: str
    open: bool
    surety: Surety
    number: str
    source: str


@cache
def reform_facts() -> tuple[ReformFact, ...]:
    """All facts, the longest old name first, so that the most exact one is met first."""
    out = []
    for old, new, on, how, surety, number, source in rows("reform2025.txt"):
        out.append(
            ReformFact(
                old.removesuffix(" *"),
                new.removesuffix(" *"),
                date.fromisoformat(on),
                how,
                old.endswith(" *"),
                cast("Surety", surety),
                number,
                source,
            )
        )
    return tuple(sorted(out, key=lambda fact: -len(fact.old)))


@cache
def _by_words() -> tuple[dict[str, list[ReformFact]], dict[str, ReformFact], tuple[str, ...]]:
    """The facts by the first word of an open old name, those of whole names by the name, and all new names."""
    opening: dict[str, list[ReformFact]] = {}
    whole: dict[str, ReformFact] = {}
    for fact in reform_facts():
        if fact.open:
            opening.setdefault(fold(fact.old).split()[0], []).append(fact)
        else:
            whole[fold(fact.old)] = fact
    return opening, whole, tuple(fold(fact.new) for fact in reform_facts() if fact.new)


def successor(name: str, on: date) -> tuple[str, ReformFact] | None:
    """What an agency of this name is called on a day, and by which fact it ended; None where the name still stands.

    The new name is empty where nothing follows. A name that begins like a longer present one ("Ban Tuyên giáo và
    Dân vận") is left alone. Places inside a name ("Sở Y tế tỉnh Hậu Giang") change with the place. An agency that
    was followed twice ("Sở Kế hoạch và Đầu tư tỉnh Hậu Giang") is carried on to the last name.
    """
    first = found = next_step(name, on)
    while found and found[0] and (after := next_step(found[0], on)):
        found = after
    return (found[0], first[1]) if found and first else None


def next_step(name: str, on: date) -> tuple[str, ReformFact] | None:
    """The first thing that happened, up to a day, to an agency of this name: what it is called then, and the fact."""
    steps = [step for step in (_of_its_kind(name, on), _of_its_place(name, on)) if step]
    return min(steps, key=lambda step: step[1].on) if steps else None


def _of_its_kind(name: str, on: date) -> tuple[str, ReformFact] | None:
    low = fold(name)
    words = low.split()
    opening, _whole, present = _by_words()
    for fact in opening.get(words[0], ()) if words else ():
        old = fold(fact.old)
        if on < fact.on or not (low == old or low.startswith(f"{old} ")):
            continue
        if not any(len(new) > len(old) and low.startswith(new) for new in present):
            return (f"{fact.new}{name[len(old) :]}" if fact.new else ""), fact
    return None


def _of_its_place(name: str, on: date) -> tuple[str, ReformFact] | None:
    words = fold(name).split()
    _opening, whole, _present = _by_words()
    for first in range(len(words)):
        known = whole.get(" ".join(words[first:]))
        if known and on >= known.on:
            return f"{name[: len(name) - len(known.old)]}{known.new}", known
    return None
