"""Promises whom each text of our own (tests/corpus/prose.txt) tells, with whom, by when, and in which words."""

from pathlib import Path
from typing import Any

import pytest

from dondoc.reader.api import read_text, to_json

TEXTS = Path(__file__).parents[2] / "corpus" / "prose.txt"


def blocks() -> list[tuple[str, str, list[str]]]:
    out = []
    for block in TEXTS.read_text("utf-8").split("\n=== ")[1:]:
        name, rest = block.split("\n", 1)
        text, _, expected = rest.partition("\n---")
        out.append((name, text, [line for line in expected.splitlines() if line]))
    return out


def line(found: dict[str, Any]) -> str:
    due = found["due"]
    when = " ".join(v for v in (due["kind"], due.get("on") or due.get("every")) if v) if due else "-"
    words = found["text"].split()
    shown = words if len(words) <= 8 else [*words[:4], "…", *words[-4:]]
    who = "; ".join(found["leads"])
    if found["coordinators"]:
        who += " + " + "; ".join(found["coordinators"])
    return f"{who} | {when} | {' '.join(shown)}"


@pytest.mark.parametrize(("name", "text", "expected"), blocks(), ids=[b[0] for b in blocks()])
def test_each_text_tells_whom_it_tells(name: str, text: str, expected: list[str]) -> None:
    found = to_json(read_text(text, name=f"{name}.txt"))["assignments"]
    assert [line(a) for a in found] == expected


def test_a_chain_names_who_takes_each_step() -> None:
    text = "Giao Sở Tài chính tham mưu UBND tỉnh trình HĐND tỉnh ban hành nghị quyết về mức thu."
    found = to_json(read_text(f"UBND TỈNH\nSố: 4/TB-UBND\nTHÔNG BÁO\n{text}"))["assignments"]
    assert [(s["stage"], s["by"]) for s in found[0]["chain"]] == [
        ("drafts", "Sở Tài chính"),
        ("submits", "UBND tỉnh"),
        ("passes", "HĐND tỉnh"),
    ]


def test_the_product_of_a_row_is_kept_apart_and_out_of_the_words_that_follow_it() -> None:
    rows = "STT\tNhiệm vụ\tChủ trì\tThời gian\tSản phẩm\n1\tRà soát văn bản\tSở Tư pháp\tQuý I/2026\tBáo cáo\n"
    found = to_json(read_text(f"KẾ HOẠCH\nSố: 4/KH-UBND\n{rows}"))["assignments"]
    assert [(a["product"], a["text"]) for a in found] == [("Báo cáo", "Rà soát văn bản\tSở Tư pháp\tQuý I/2026")]


def test_an_exhortation_is_marked_and_a_task_is_not() -> None:
    text = (
        "UBND TỈNH\nSố: 4/CT-UBND\nCHỈ THỊ\n1. Các sở, ngành tiếp tục nâng cao nhận thức, quán triệt chủ trương.\n"
        "2. Sở Nội vụ nâng cao chất lượng đội ngũ, trình đề án trước ngày 30/9/2025.\n"
    )
    assert [a["kind"] for a in to_json(read_text(text))["assignments"]] == ["orientation", "task"]
