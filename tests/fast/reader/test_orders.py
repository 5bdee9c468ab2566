"""Promises who is told to do what by when, on whole documents of our own (tests/corpus/orders-*)."""

import json
from datetime import date
from pathlib import Path

import pytest

from dondoc.reader.api import read_text, to_json

CORPUS = Path(__file__).parents[2] / "corpus"
DOCUMENTS = sorted(p.stem for p in CORPUS.glob("orders-*.txt"))


def text_of(stem: str) -> str:
    return (CORPUS / f"{stem}.txt").read_text("utf-8")


@pytest.mark.parametrize("stem", DOCUMENTS)
def test_each_order_of_the_document_is_read(stem: str) -> None:
    expected = json.loads((CORPUS / f"{stem}.json").read_text("utf-8"))
    found = to_json(read_text(text_of(stem), name=f"{stem}.txt"))["assignments"]
    due_keys = ("kind", "on", "every", "needs_year", "day", "month")
    seen = []
    for want, got in zip(expected, found, strict=False):
        flat = " ".join(got["text"].split())
        due = got["due"] and {k: got["due"][k] for k in due_keys if k in got["due"] and k in (want["due"] or {})}
        seen.append(
            {
                "starts": flat[: len(want["starts"])],
                "ends": flat[-len(want["ends"]) :],
                "leads": got["leads"],
                "coordinators": got["coordinators"],
                "due": due,
                "clause": got["clause"],
            }
        )
    assert seen == expected
    assert len(found) == len(expected), [a["text"] for a in found]


@pytest.mark.parametrize("stem", DOCUMENTS)
def test_every_place_cut_from_the_original_is_the_text_shown(stem: str) -> None:
    text = text_of(stem)
    reading = read_text(text)
    found = to_json(reading)
    for a in found["assignments"]:
        assert text[slice(*a["span"])] == a["text"]
        for m in a["lead_mentions"] + a["coordinator_mentions"]:
            cut = " ".join(text[slice(*m["span"])].split())
            # A head noun that several names share is written out: "Các Sở: Xây dựng" is "Sở Xây dựng".
            assert m["text"].endswith(cut)
    for p in found["petitions"]:
        assert " ".join(text[slice(*p["span"])].split()) == p["text"]


def test_a_day_without_a_year_takes_the_year_the_officer_gives() -> None:
    found = to_json(read_text(text_of("orders-tin"), issued_on=date(2023, 6, 12)))["assignments"]
    assert {k: found[0]["due"][k] for k in ("kind", "on")} == {"kind": "day", "on": "2023-08-15"}


def test_petitions_are_found_and_none_of_them_is_an_assignment() -> None:
    reading = to_json(read_text(text_of("orders-tin")))
    assert [(p["by"], p["to"], p["text"]) for p in reading["petitions"]] == [
        ("Các phường", "UBND thành phố", "bố trí thêm máy bơm cho vùng trũng"),
        ("Các phường", "UBND thành phố", "sớm duyệt dự án hồ điều hòa"),
    ]
    for p in reading["petitions"]:
        for a in reading["assignments"]:
            assert p["span"][1] <= a["span"][0] or a["span"][1] <= p["span"][0]


@pytest.mark.parametrize(
    "prose",
    [
        "Sở Y tế đã hoàn thành kế hoạch tiêm phòng.",
        "Tỉnh đang triển khai 12 dự án.",
        "Theo đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV ngày 02/3/2024.",
        "Chánh Văn phòng, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./.",
        "Văn phòng Ủy ban nhân dân tỉnh thông báo để các sở, ngành biết, thực hiện./.",
        "Phấn đấu tăng trưởng đạt 7%.",
    ],
)
def test_what_orders_nothing_is_no_assignment(prose: str) -> None:
    assert to_json(read_text(prose))["assignments"] == []


@pytest.mark.parametrize("foot", ["CHỦ TỊCH QUỐC HỘI", "TM. ỦY BAN NHÂN DÂN\n\nCHỦ TỊCH"])
def test_a_post_without_a_name_under_it_belongs_to_no_clause(foot: str) -> None:
    words = "Số 1-KL/TU\n\nKẾT LUẬN\n\n1. Về vốn.\n\n2. Về nông sản của cả vùng."
    text = f"{words}\n\n{foot}\n"
    last = read_text(text).clauses[-1]
    assert (last.address, text[last.span.start : last.span.end]) == ("2", "2. Về nông sản của cả vùng.")


def test_clauses_keep_their_address_when_the_text_is_read_again() -> None:
    found = to_json(read_text(text_of("orders-cong-van")))["clauses"]
    assert [c["address"] for c in found] == ["1", "2", "2.a", "2.b", "3", "4"]
