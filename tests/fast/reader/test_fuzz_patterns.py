"""Promises that no expression of the reader blows up on hostile input: each one is tried on each run of characters."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

import pytest

import dondoc.reader
from dondoc.reader.api import ReaderRefusal, read_text
from fast.reader.speed import quickest

LENGTH = 1_000  # quadratic on one long paragraph is bearable, anything worse shows here
ENOUGH = 0.25
# Expressions that are never given more than so many characters, by the line that calls them.
SHORT = {"find.secrecy._IN_HEAD": 400}
HOSTILE = [
    "a", " ", "\n", "\t", "1", "0/", "1.", "1/1/", "(", "((a)", ")", ",", ", a", ";", ":", "-", "- a", ".", "…", "“",
    '"', "A", "A ", "Ủy ", "ủy ban ", "các ", "và ", "của ", "đồng chí ", "ngày ", "ngày 1 ", "trước ngày 1/1/",
    "tháng 1 ", "quý I/", "năm 2024 ", "số ", "Số: 1/", "QĐ-", "12/QĐ-UBND ", "12-KH/TU ", "% ", "1.234.567 ",
    "1,2 tỷ đồng ", "đạt 1/2 ", "giao ", "yêu cầu ", "phối hợp với ", "chủ trì, ", "Kính gửi: ", "Nơi nhận:\n",
    "KT. CHỦ TỊCH\n", "1. a\n", "a) b\n", "- a\n", "|a", "Điều 1. ", "hoàn thành ", "báo cáo ", "thời gian: ",
    "đã ", "nhiệm vụ ", "Số nhiệm vụ ", "trong đó ", "(đúng hạn ", "đang phối hợp ", "đề nghị ", "kính trình ",
    "tổng nhu cầu ", "5 tỷ 300 triệu ", "I. TÌNH HÌNH\n", "1. Về ", "trước ",
    "*", "_", "=", "<p>", "<!--", "&amp;", "\u200b", "\u0301", "e\u0301", "\x00", "\ufffd", "𝟘",
]  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled expression that a module of the reader holds, in whatever list, mapping or class."""
    seen: set[tuple[str, int]] = set()

    def inside(value: object, depth: int) -> Iterator[re.Pattern[str]]:
        if isinstance(value, re.Pattern):
            if isinstance(value.pattern, str):
                yield value
        elif depth < 5 and isinstance(value, dict):
            for one in (*value.keys(), *value.values()):
                yield from inside(one, depth + 1)
        elif depth < 5 and isinstance(value, list | tuple | set | frozenset):
            for one in value:
                yield from inside(one, depth + 1)
        elif depth < 5 and type(value).__module__.startswith("dondoc.reader"):
            slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
            for name in slots or list(getattr(value, "__dict__", {})):
                yield from inside(getattr(value, name, None), depth + 1)

    for found in pkgutil.walk_packages(dondoc.reader.__path__, "dondoc.reader."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for pattern in inside(value, 0):
                key = (pattern.pattern, pattern.flags)
                if key not in seen:
                    seen.add(key)
                    yield f"{found.name.removeprefix('dondoc.reader.')}.{name}", pattern


PATTERNS = list(patterns())


@cache
def searched() -> set[str]:
    """The names that the source of the reader searches with; all others only match at one given place."""
    source = "\n".join(path.read_text("utf-8") for path in Path(dondoc.reader.__path__[0]).rglob("*.py"))
    at_one_place = set(re.findall(r"\b(\w+)\.(?:match|fullmatch)\(", source))
    anywhere = set(re.findall(r"\b(\w+)\.(?:search|finditer|findall|sub|subn|split)\(", source))
    alone = set(re.findall(r"^(\w+) = re\.compile\(", source, re.MULTILINE))
    return anywhere | (alone - at_one_place)


def seconds(pattern: re.Pattern[str], text: str, *, everywhere: bool) -> float:
    started = time.thread_time()
    pattern.match(text)
    if everywhere:
        for _ in pattern.finditer(text):
            pass
    return time.thread_time() - started


def too_slow(pattern: re.Pattern[str], run: str, *, everywhere: bool, longest: int = LENGTH) -> bool:
    """Whether an expression takes long on a run; short runs go first, so that the worst show without waiting."""
    for length in (20, 24, 26, 28, 30, 32, 34, 36, 40, longest):
        text = run * (length // len(run)) + "!"
        once = partial(seconds, pattern, text, everywhere=everywhere)
        taken = once()
        # A busy machine is given more tries where it is close.
        if taken > 4 * ENOUGH or (taken > ENOUGH and quickest(once, ENOUGH) > ENOUGH):
            return True
    return False


def test_the_walk_finds_the_expressions() -> None:
    names = {name.split(".")[-1] for name, _ in PATTERNS}
    assert len(PATTERNS) > 150
    assert names & searched()
    assert names - searched()


def test_an_expression_that_blows_up_is_seen() -> None:
    assert not too_slow(re.compile(r"[ab]{1,40}x"), "ab", everywhere=True)
    assert too_slow(re.compile(r"(?:a|aa)+[^a!]"), "a", everywhere=False)


@pytest.mark.parametrize("run", HOSTILE)
def test_no_expression_takes_long_on_a_run_of(run: str) -> None:
    anywhere = searched()
    slow = [
        f"{name}: {pattern.pattern[:80]}"
        for name, pattern in PATTERNS
        if too_slow(pattern, run, everywhere=name.split(".")[-1] in anywhere, longest=SHORT.get(name, LENGTH))
    ]
    assert slow == [], slow


@pytest.mark.parametrize("run", HOSTILE)
def test_reading_a_long_run_takes_time_in_proportion(run: str) -> None:
    text = "Giao Sở Y tế lập kế hoạch. " + run * (30_000 // len(run))

    def taken() -> float:
        started = time.thread_time()
        with suppress(ReaderRefusal):
            read_text(text)
        return time.thread_time() - started

    assert quickest(taken, 4) < 4
