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
    the source), "day" (sure but for the exact day) or "memory" (to be checked).
    """

    old: str
    new: str
    on: date
    how: str
    open: bool
    surety: Surety
    source: str


@cache
def reform_facts() -> tuple[ReformFact, ...]:
    """All facts, the longest old name first, so that the most exact one is met first."""
    out = []
    for old, new, on, how, surety, source in rows("reform2025.txt"):
        out.append(
            ReformFact(
                old.removesuffix(" *"),
                new.removesuffix(" *"),
                date.fromisoformat(on),
                how,
                old.endswith(" *"),
                cast("Surety", surety),
                source,
            )
        )
    return tuple(sorted(out, key=lambda fact: -len(fact.old)))


def successor(name: str, on: date) -> tuple[str, ReformFact] | None:
    """What an agency of this name is called on a day, and by which fact; None where the name still stands.

    The new name is empty where nothing follows. A name that begins like a longer present one ("Ban Tuyên giáo và
    Dân vận") is left alone. Places inside a name ("Sở Y tế tỉnh Hậu Giang") change with the place.
    """
    low = fold(name)
    present = [fold(fact.new) for fact in reform_facts() if fact.new]
    for fact in reform_facts():
        if on < fact.on:
            continue
        old = fold(fact.old)
        if fact.open and (low == old or low.startswith(f"{old} ")):
            if any(len(new) > len(old) and low.startswith(new) for new in present):
                continue
            rest = name[len(fact.old) :]
            return (f"{fact.new}{rest}" if fact.new else ""), fact
        if not fact.open and (low == old or low.endswith(f" {old}")):
            return f"{name[: len(name) - len(fact.old)]}{fact.new}", fact
    return None
