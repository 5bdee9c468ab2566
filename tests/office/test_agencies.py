"""Promises that an agency is found under the names that papers give it on their day, and that the reform of 2025 is
offered, confirmed and recorded once."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.office.access import Refused
from dondoc.office.actions.agencies import (
    AgencyRefused,
    NewAgency,
    ReformStep,
    add_agency,
    apply_reform,
    succeed_agency,
)
from dondoc.office.models import Agency, AgencyName, LogEntry, Succession
from dondoc.office.queries import agencies
from office.asking import signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2024, 6, 18), date(2026, 1, 5)
CITY = "Thành ủy Hà Trung"
MERGED, LEVELLED = date(2025, 3, 1), date(2025, 7, 1)


@pytest.fixture
def city(world: World) -> World:
    """The office of a city's committee that kept the names of before the reform."""
    body = AgencyName.objects.get(agency_id=world.office.agency_id)
    assert body.name.startswith("Thành ủy ")
    for name in ("Sở Kế hoạch và Đầu tư", "UBND quận Bến Tre", "Ban Tuyên giáo Thành ủy", "Văn phòng Thành ủy"):
        add_agency(NewAgency(name, "department", "province"), on=START, actor=world.actor)
    return world


def found(world: World, name: str, day: date | None, issuer: str | None = None) -> str | None:
    """The name under which the register holds what a paper calls so."""
    key = agencies.named(name, office_id=world.office.pk, as_of=day, issuer=issuer)
    return None if key is None else agencies.names([key], as_of=AFTER, known_at=None)[key][0]


def offered(world: World) -> dict[str, tuple[str, date, str, str]]:
    rows = agencies.reform(viewer=world.viewer(), as_of=AFTER, known_at=None)
    return {row.name: (row.follows, row.on, row.surety, row.recorded) for row in rows}


def test_short_and_relative_names_are_completed_by_whose_paper_it_is(city: World) -> None:
    body = AgencyName.objects.get(agency_id=city.office.agency_id).name
    assert {
        name: found(city, name, BEFORE)
        for name in ("Sở KH&ĐT", "Văn phòng", "Ủy ban nhân dân quận Bến Tre", "Giám đốc Sở Tài chính", "các sở, ngành")
    } == {
        "Sở KH&ĐT": "Sở Kế hoạch và Đầu tư",
        "Văn phòng": "Văn phòng Thành ủy",
        "Ủy ban nhân dân quận Bến Tre": "UBND quận Bến Tre",
        "Giám đốc Sở Tài chính": "Sở Tài chính",
        "các sở, ngành": None,
    }
    assert found(city, "Văn phòng", BEFORE, issuer=body) == "Văn phòng Thành ủy"
    assert found(city, "Văn phòng", BEFORE, issuer="Chính phủ") is None
    assert found(city, "Sở Tài chính", BEFORE, issuer="Ủy ban nhân dân tỉnh Bắc Kạn") is None


def test_what_ended_in_2025_is_found_under_the_old_name_before_and_the_new_one_after(city: World) -> None:
    last = date(2025, 2, 28)
    assert [found(city, "Sở Kế hoạch và Đầu tư", day) for day in (BEFORE, last, MERGED, AFTER, None)] == [
        "Sở Kế hoạch và Đầu tư",
        "Sở Kế hoạch và Đầu tư",
        "Sở Tài chính",
        "Sở Tài chính",
        "Sở Kế hoạch và Đầu tư",
    ]
    # Nothing follows a district, and nobody has entered the new board yet: the old ones are all the register knows.
    assert found(city, "UBND quận Bến Tre", AFTER) == "UBND quận Bến Tre"
    assert found(city, "Ban Tuyên giáo Thành ủy", AFTER) == "Ban Tuyên giáo Thành ủy"


def test_a_succession_that_the_office_recorded_leads_on_by_its_day(city: World) -> None:
    hall = add_agency(NewAgency("Trung tâm Hội nghị", "unit", "province"), on=START, actor=city.actor)
    park = add_agency(NewAgency("Trung tâm Văn hóa", "unit", "province"), on=START, actor=city.actor)
    succeed_agency(hall, park, kind="merged", on=date(2023, 1, 1), basis=None, actor=city.actor)
    assert [found(city, "Trung tâm Hội nghị", day) for day in (date(2022, 12, 31), date(2023, 1, 1))] == [
        "Trung tâm Hội nghị",
        "Trung tâm Văn hóa",
    ]
    arts = add_agency(NewAgency("Trung tâm Nghệ thuật", "unit", "province"), on=START, actor=city.actor)
    # Also where the chain begins later, no step leads back: not to the last, not from the last to the first.
    succeed_agency(park, arts, kind="renamed", on=date(2024, 1, 1), basis=None, actor=city.actor)
    for back, chain in ((park, "Trung tâm Văn hóa → Trung tâm Nghệ thuật"), (hall, "Trung tâm Hội nghị → Trung tâm")):
        with pytest.raises(AgencyRefused, match=chain):
            succeed_agency(arts, back, kind="merged", on=date(2022, 1, 1), basis=None, actor=city.actor)
    assert Succession.objects.count() == 2
    assert found(city, "Trung tâm Hội nghị", AFTER) == "Trung tâm Nghệ thuật"
    # What got on record otherwise is followed to no end: whoever stands in a circle stays who it is.
    Succession.objects.create(
        predecessor=arts,
        successor=hall,
        kind="merged",
        effective_on=date(2025, 1, 1),
        entry=LogEntry.objects.latest("pk"),
        recorded_at=LogEntry.objects.latest("pk").recorded_at,
    )
    names = ("Trung tâm Hội nghị", "Trung tâm Nghệ thuật")
    assert [found(city, name, AFTER) for name in names] == list(names)


def test_unknown_names_are_those_that_nobody_is_found_for(city: World) -> None:
    asked = {"Sở KH&ĐT", "Văn phòng", "Công ty Cấp nước", "các sở, ngành", "Giám đốc Sở Tài chính"}
    assert (
        agencies.unknown(asked, office_id=city.office.pk, as_of=BEFORE)
        == {name for name in asked if found(city, name, BEFORE) is None}
        == {"Công ty Cấp nước", "các sở, ngành"}
    )


def test_the_reform_is_offered_for_the_agencies_of_the_office_only(worlds: tuple[World, World]) -> None:
    near, far = worlds
    add_agency(NewAgency("Sở Giao thông vận tải", "department", "province"), on=START, actor=far.actor)
    assert offered(near) == {}
    assert offered(far) == {"Sở Giao thông vận tải": ("Sở Xây dựng", MERGED, "day", "")}


def test_ticked_lines_are_recorded_once_and_what_follows_is_entered(city: World) -> None:
    assert offered(city) == {
        "Ban Tuyên giáo Thành ủy": ("Ban Tuyên giáo và Dân vận Thành ủy", date(2025, 2, 28), "day", ""),
        "Sở Kế hoạch và Đầu tư": ("Sở Tài chính", MERGED, "day", ""),
        "UBND quận Bến Tre": ("", LEVELLED, "read", ""),
    }
    rows = agencies.reform(viewer=city.viewer(), as_of=AFTER, known_at=None)
    before = Agency.objects.count()
    steps = [ReformStep(row.agency_id, row.on) for row in rows]
    assert apply_reform(steps, actor=city.actor) == 3
    assert Agency.objects.count() == before + 1
    assert {name: row[3] for name, row in offered(city).items()} == {
        "Ban Tuyên giáo Thành ủy": "Ban Tuyên giáo và Dân vận Thành ủy",
        "Sở Kế hoạch và Đầu tư": "Sở Tài chính",
        "UBND quận Bến Tre": "giải thể",
    }
    assert found(city, "Ban Tuyên giáo Thành ủy", AFTER) == "Ban Tuyên giáo và Dân vận Thành ủy"
    assert found(city, "Ban Tuyên giáo Thành ủy", BEFORE) == "Ban Tuyên giáo Thành ủy"
    with pytest.raises(AgencyRefused):
        apply_reform(steps[:1], actor=city.actor)
    assert Succession.objects.count() == 3


def test_what_follows_leaves_out_the_place_that_the_register_leaves_out(world: World) -> None:
    for name in ("Ban cán sự đảng Ủy ban nhân dân thành phố", "Sở Giao thông vận tải thành phố Gần"):
        add_agency(NewAgency(name, "party_committee", "province"), on=START, actor=world.actor)
    assert {name: row[0] for name, row in offered(world).items()} == {
        "Ban cán sự đảng Ủy ban nhân dân thành phố": "Đảng ủy Ủy ban nhân dân thành phố",
        "Sở Giao thông vận tải thành phố Gần": "Sở Xây dựng thành phố Gần",
    }


def test_two_departments_that_merged_into_a_new_one_are_followed_by_one(world: World) -> None:
    for name in ("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Phát triển nông thôn"):
        add_agency(NewAgency(name, "department", "province"), on=START, actor=world.actor)
    rows = agencies.reform(viewer=world.viewer(), as_of=AFTER, known_at=None)
    apply_reform([ReformStep(row.agency_id, row.on) for row in rows], actor=world.actor)
    followers = set(Succession.objects.values_list("successor", flat=True))
    assert len(followers) == 1
    assert agencies.names(followers, as_of=AFTER, known_at=None)[followers.pop()][0] == "Sở Nông nghiệp và Môi trường"


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2199, 1, 1)])
def test_a_day_outside_the_reform_is_refused_and_nothing_is_recorded(city: World, day: date) -> None:
    rows = agencies.reform(viewer=city.viewer(), as_of=AFTER, known_at=None)
    steps = [ReformStep(rows[0].agency_id, rows[0].on), ReformStep(rows[1].agency_id, day)]
    with pytest.raises(AgencyRefused):
        apply_reform(steps, actor=city.actor)
    assert Succession.objects.count() == 0


def test_only_an_administrator_records_and_the_page_shows_what_is_recorded(city: World) -> None:
    (first, *_others) = agencies.reform(viewer=city.viewer(), as_of=AFTER, known_at=None)
    sent = {"agency": [str(first.agency_id)], f"on-{first.agency_id}": "2025-02-20"}
    officer = signed_in(city, "officer")
    officer.post("/agencies/reform/", sent)
    assert Succession.objects.count() == 0
    assert "Ghi các dòng đã chọn" not in words(officer.get("/agencies/reform/"))
    client = signed_in(city, "administrator")
    assert "Ghi các dòng đã chọn" in words(client.get("/agencies/reform/"))
    assert client.post("/agencies/reform/", sent).status_code == 302
    assert Succession.objects.get().effective_on == date(2025, 2, 20)
    assert "đã ghi: Ban Tuyên giáo và Dân vận Thành ủy" in words(client.get("/agencies/reform/"))


def test_the_number_of_a_basis_that_the_register_does_not_hold_is_kept_and_shown(city: World) -> None:
    rows = agencies.reform(viewer=city.viewer(), as_of=AFTER, known_at=None)
    steps = [ReformStep(row.agency_id, row.on, " 99-NQ/TU  ngày 1/3/2025 ") for row in rows]
    apply_reform(steps, actor=city.actor)
    kept = {row.predecessor_id: row.basis_words for row in Succession.objects.all()}
    assert kept == {row.agency_id: row.number or "99-NQ/TU ngày 1/3/2025" for row in rows}
    client = signed_in(city, "administrator")
    for row in rows:
        assert kept[row.agency_id] in words(client.get(f"/agencies/{row.agency_id}/"))
    with pytest.raises(AgencyRefused, match="quá dài"):
        succeed_agency(
            city.building, city.finance, kind="merged", on=AFTER, basis=None, actor=city.actor, basis_words="9" * 301
        )


def test_a_relative_name_of_anothers_paper_is_entered_in_full(world: World) -> None:
    def entered(name: str, issuer: str) -> str:
        return agencies.name_to_enter(name, office_id=world.office.pk, as_of=BEFORE, issuer=issuer)

    assert entered("Văn phòng", "Chính phủ") == "Văn phòng Chính phủ"
    assert entered("Sở Y tế", "Ủy ban nhân dân tỉnh Bắc Kạn") == "Sở Y tế tỉnh Bắc Kạn"
    assert [entered(name, "") for name in ("Văn phòng", "Công ty Cấp nước", "các sở, ngành")] == [
        "Văn phòng",
        "Công ty Cấp nước",
        "các sở, ngành",
    ]


def test_a_focal_point_does_not_see_the_list(city: World) -> None:
    with pytest.raises(Refused):
        agencies.reform(viewer=city.viewer("focal", city.finance), as_of=AFTER, known_at=None)
