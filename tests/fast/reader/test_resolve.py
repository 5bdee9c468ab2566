"""Promises which agency a written name stands for, on the document's day and from where its issuer stands."""

from datetime import date

import pytest

from dondoc.reader.api import read_text, to_json
from dondoc.reader.find.resolve import resolve
from dondoc.reader.model import Agency
from dondoc.reader.reform import reform_facts, successor

PROVINCE = "Ủy ban nhân dân tỉnh Hà Trung"
CITY = "Thành ủy Cần Thơ"
BEFORE, AFTER = date(2024, 6, 18), date(2025, 9, 1)
FULL = [
    ("Sở GD&ĐT", PROVINCE, BEFORE, "Sở Giáo dục và Đào tạo tỉnh Hà Trung"),
    ("UBND tỉnh", "Tỉnh ủy Hà Trung", BEFORE, "Ủy ban nhân dân tỉnh Hà Trung"),
    ("Uỷ ban nhân dân Thành phố", "UBND Thành phố Cần Thơ", BEFORE, "Ủy ban nhân dân thành phố Cần Thơ"),
    ("Văn phòng", PROVINCE, BEFORE, "Văn phòng Ủy ban nhân dân tỉnh Hà Trung"),
    ("Thành ủy", CITY, BEFORE, "Thành ủy Cần Thơ"),
    ("Ban Tổ chức Thành ủy", CITY, BEFORE, "Ban Tổ chức Thành ủy Cần Thơ"),
    ("Công an tỉnh", PROVINCE, BEFORE, "Công an tỉnh Hà Trung"),
    ("Bộ Tài chính", "Văn phòng Chính phủ", BEFORE, "Bộ Tài chính"),
    ("UBND xã An Hòa", PROVINCE, AFTER, "Ủy ban nhân dân xã An Hòa"),
]


@pytest.mark.parametrize(("name", "issuer", "on", "full"), FULL)
def test_a_name_is_written_out_and_completed_by_the_issuer(name: str, issuer: str, on: date, full: str) -> None:
    assert resolve(name, issuer=issuer, on=on) == Agency(full, full.lower())


CHANGED = [
    ("Sở KH&ĐT", PROVINCE, "Sở Tài chính tỉnh Hà Trung", "Sở Kế hoạch và Đầu tư tỉnh Hà Trung", date(2025, 3, 1)),
    (
        "Ban cán sự đảng UBND thành phố",
        CITY,
        "Đảng ủy Ủy ban nhân dân thành phố Cần Thơ",
        "Ban cán sự đảng Ủy ban nhân dân thành phố Cần Thơ",
        date(2025, 2, 28),
    ),
    (
        "Ban Tuyên giáo Thành ủy",
        CITY,
        "Ban Tuyên giáo và Dân vận Thành ủy Cần Thơ",
        "Ban Tuyên giáo Thành ủy Cần Thơ",
        date(2025, 2, 28),
    ),
    (
        "UBND tỉnh Sóc Trăng",
        CITY,
        "Ủy ban nhân dân thành phố Cần Thơ",
        "Ủy ban nhân dân tỉnh Sóc Trăng",
        date(2025, 6, 12),
    ),
    ("Huyện ủy Na Rì", "Tỉnh ủy Bắc Kạn", "Huyện ủy Na Rì", "Huyện ủy Na Rì", date(2025, 7, 1)),
]


@pytest.mark.parametrize(("name", "issuer", "full", "was", "ended"), CHANGED)
def test_an_agency_that_has_ended_is_carried_on_from_its_day(
    name: str, issuer: str, full: str, was: str, ended: date
) -> None:
    assert resolve(name, issuer=issuer, on=AFTER) == Agency(full, full.lower(), was=was, ended=ended)
    assert resolve(name, issuer=issuer, on=BEFORE) == Agency(was, was.lower())


def test_the_present_board_is_not_taken_for_the_one_it_came_from() -> None:
    name = "Ban Tuyên giáo và Dân vận Thành ủy Cần Thơ"
    assert successor(name, AFTER) is None


def test_a_post_leads_to_its_agency() -> None:
    assert resolve("Phó Chủ tịch UBND tỉnh Lê Văn Tám", issuer=PROVINCE, on=BEFORE) == Agency(
        PROVINCE, PROVINCE.lower(), post="Phó Chủ tịch"
    )
    assert resolve("Chánh Văn phòng UBND tỉnh", issuer=PROVINCE, on=BEFORE).name == f"Văn phòng {PROVINCE}"


def test_classes_and_persons_have_no_key() -> None:
    for name in ("các sở, ban, ngành", "Chủ tịch UBND các xã, phường", "Sở, ban, ngành"):
        found = resolve(name, issuer=PROVINCE, on=BEFORE)
        assert (found.key, found.several) == (None, True)
    assert resolve("đồng chí Nguyễn Thị Hoa", issuer=PROVINCE, on=BEFORE).key is None


def test_what_no_issuer_completes_stays_open_and_what_no_list_knows_is_new() -> None:
    assert resolve("Sở Y tế", issuer=None, on=BEFORE) == Agency("Sở Y tế", None, relative=True)
    found = resolve("Công ty Cấp nước Hà Trung", issuer=PROVINCE, on=BEFORE)
    assert found == Agency("Công ty Cấp nước Hà Trung", "công ty cấp nước hà trung", known=False)


def test_every_fact_of_the_reform_has_a_day_a_source_and_says_how_sure_it_is() -> None:
    facts = reform_facts()
    assert len(facts) == len({fact.old for fact in facts}) > 50
    assert {fact.surety for fact in facts} == {"read", "day", "memory"}
    assert all(fact.source and fact.on.year == 2025 for fact in facts)


def test_the_agency_stands_beside_each_lead() -> None:
    text = (
        "ỦY BAN NHÂN DÂN TỈNH HÀ TRUNG\nSố: 5/CT-UBND\nHà Trung, ngày 02 tháng 9 năm 2025\nCHỈ THỊ\nVề việc rà soát\n"
        "1. Giao Sở KH&ĐT chủ trì, phối hợp với Công an tỉnh rà soát các dự án.\n"
    )
    found = to_json(read_text(text))["assignments"][0]
    assert found["leads"] == ["Sở KH&ĐT"]
    assert found["lead_mentions"][0]["agency"] == {
        "name": "Sở Tài chính tỉnh Hà Trung",
        "key": "sở tài chính tỉnh hà trung",
        "post": None,
        "several": False,
        "relative": False,
        "new": False,
        "was": "Sở Kế hoạch và Đầu tư tỉnh Hà Trung",
        "ended": "2025-03-01",
    }
    assert found["coordinator_mentions"][0]["agency"]["key"] == "công an tỉnh hà trung"
