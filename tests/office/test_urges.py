"""Urging: numbered, never changed, refused where there is nothing to urge, seen by those whom it concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from dondoc.office.access import Actor, Refused
from dondoc.office.actions.clauses import make_concrete
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.urges import NewUrge, NothingToUrge, UrgeRefused, urge_clause, urge_duty
from dondoc.office.models import Duty, LogEntry, Urge
from dondoc.office.queries import clauses, documents, urges
from office.asking import signed_in, words
from office.conftest import World
from office.resolutions import DAY, Resolved, resolved

pytestmark = pytest.mark.django_db
LETTER = NewUrge("don-doc", "cong-van", "Đề nghị thực hiện.")


@pytest.fixture
def both(worlds: tuple[World, World]) -> tuple[Resolved, Resolved]:
    """A resolution in each of the two offices."""
    return resolved(worlds[0]), resolved(worlds[1])


@pytest.fixture
def here(both: tuple[Resolved, Resolved]) -> Resolved:
    """The resolution of the first office; the second has one too."""
    return both[0]


@pytest.fixture
def today() -> date:
    """The day on which letters are sent from the pages."""
    return timezone.localdate()


def duty_of(world: World) -> int:
    return Duty.objects.filter(task=world.tasks[0]).latest("pk").pk


def sent(here: Resolved, today: date, **more: object) -> list[tuple[int, str, str]]:
    rows = urges.urges(viewer=here.world.viewer(), as_of=today, known_at=None, **more)
    return [(row.number, row.kind, row.agency) for row in rows]


def test_urges_are_numbered_for_each_clause_and_agency(here: Resolved, today: date) -> None:
    world = here.world
    for address, agency in (("II.2", world.finance), ("II.2", world.building), ("III", world.finance)):
        urge_clause(here.clause(address), LETTER, agency_id=agency.pk, on=today, actor=world.actor)
    assert sent(here, today) == [
        (1, "đôn đốc", "Sở Tài chính"),
        (1, "đôn đốc", "Sở Xây dựng"),
        (1, "đôn đốc", "Sở Tài chính"),
    ]
    row = here.rows(today)["II.2"]
    assert [(u.agency, u.about, u.url) for u in row.urges] == [
        ("Sở Xây dựng", "12-NQ/TU, II.2", f"/clauses/{row.id}/"),
        ("Sở Tài chính", "12-NQ/TU, II.2", f"/clauses/{row.id}/"),
    ]
    assert row.has_nothing, "an urge is no answer"


def test_the_number_goes_on_from_the_last(here: Resolved, today: date) -> None:
    world, clause = here.world, here.clause("II.2")
    days = [DAY, DAY + timedelta(days=7), today]
    made = [urge_clause(clause, LETTER, agency_id=world.finance.pk, on=day, actor=world.actor) for day in days]
    assert [row.number for row in made] == [1, 2, 3]
    with pytest.raises(UrgeRefused, match="sau ngày đó"):
        urge_clause(clause, LETTER, agency_id=world.finance.pk, on=days[1], actor=world.actor)


def test_an_urge_is_never_changed(here: Resolved, today: date) -> None:
    row = urge_clause(here.clause("II.2"), LETTER, agency_id=here.world.finance.pk, on=today, actor=here.world.actor)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Urge.objects.filter(pk=row.pk).update(text="Thôi")
    assert Urge.objects.get(pk=row.pk).text == "Đề nghị thực hiện."


def test_a_clause_of_which_something_was_made_meanwhile_is_not_urged(here: Resolved, today: date) -> None:
    clause, actor = here.clause("II.2"), here.world.actor
    make_concrete(clause, document_id=here.plan, on=DAY, actor=actor)
    with pytest.raises(NothingToUrge, match="nay đã có nội dung cụ thể hóa"):
        urge_clause(clause, LETTER, agency_id=here.world.finance.pk, on=today, actor=actor)
    for address in ("II", "I.1"):
        with pytest.raises(NothingToUrge, match="chỉ chứa mục con"):
            urge_clause(here.clause(address), LETTER, agency_id=here.world.finance.pk, on=today, actor=actor)
    assert Urge.objects.count() == 0


@pytest.mark.parametrize(
    ("new", "day", "says"),
    [
        (NewUrge("don-doc", "cong-van", "  "), 0, "còn trống"),
        (NewUrge("don-doc", "cong-van", "Làm ngay"), 1, "chưa đến"),
        (NewUrge("mang-mo", "cong-van", "Làm ngay"), 0, "mang-mo"),
        (NewUrge("don-doc", "bo-cau", "Làm ngay"), 0, "bo-cau"),
    ],
)
def test_what_cannot_be_sent_is_refused(here: Resolved, today: date, new: NewUrge, day: int, says: str) -> None:
    with pytest.raises(UrgeRefused, match=says):
        urge_clause(
            here.clause("II.2"),
            new,
            agency_id=here.world.finance.pk,
            on=today + timedelta(days=day),
            actor=here.world.actor,
        )


def test_the_answer_comes_after_the_letter_and_one_letter_a_day_is_enough(here: Resolved, today: date) -> None:
    world, clause = here.world, here.clause("II.2")

    def urge(new: NewUrge) -> Urge:
        return urge_clause(clause, new, agency_id=world.finance.pk, on=today, actor=world.actor)

    with pytest.raises(UrgeRefused, match="sau ngày đôn đốc"):
        urge(NewUrge("don-doc", "cong-van", "Làm ngay", answer_by=today))
    urge(NewUrge("don-doc", "cong-van", "Làm ngay", answer_by=today + timedelta(days=5)))
    with pytest.raises(UrgeRefused, match="sau ngày đó"):
        urge(NewUrge("phe-binh", "dien-thoai", "Làm ngay"))


def test_a_duty_is_urged_while_it_is_open(here: Resolved, today: date) -> None:
    world = here.world
    duty = duty_of(world)
    row = urge_duty(duty, LETTER, on=today, actor=world.actor)
    assert (row.number, row.agency_id, row.duty_id, row.clause_id) == (1, world.finance.pk, duty, None)
    with pytest.raises(UrgeRefused, match="sau ngày đó"):
        urge_duty(duty, LETTER, on=today, actor=world.actor)
    other = Duty.objects.get(task=world.tasks[1]).pk
    move_duty(Move(other, "done", DAY), actor=world.actor)
    with pytest.raises(NothingToUrge, match="đã hoàn thành"):
        urge_duty(other, LETTER, on=today, actor=world.actor)


# Sight and offices


def test_a_focal_point_sees_the_urges_to_its_own_agency_and_the_document_they_are_about(
    here: Resolved, today: date
) -> None:
    world = here.world
    finance, building = world.viewer("focal", world.finance), world.viewer("focal", world.building)
    urge_clause(here.clause("II.2"), LETTER, agency_id=world.finance.pk, on=today, actor=world.actor)

    def seen(viewer: object) -> tuple[int, bool, bool]:
        asked = {"viewer": viewer, "as_of": today, "known_at": None}
        visible = documents.visible(**asked).filter(pk=here.resolution).exists()
        return len(urges.urges(**asked)), visible, bool(clauses.clauses(here.resolution, **asked))

    assert seen(finance) == (1, True, True)
    assert seen(building) == (0, False, False)
    yesterday = {"viewer": finance, "as_of": today - timedelta(days=1), "known_at": None}
    assert urges.urges(**yesterday) == []
    assert not documents.visible(**yesterday).filter(pk=here.resolution).exists()


def test_two_offices_do_not_see_each_others_urges(both: tuple[Resolved, Resolved], today: date) -> None:
    near, far = both
    actor = far.world.actor
    urge_clause(far.clause("II.2"), LETTER, agency_id=far.world.finance.pk, on=today, actor=actor)
    assert urges.urges(viewer=near.world.viewer(), as_of=today, known_at=None) == []
    before = LogEntry.objects.count()
    for deed in (
        lambda: urge_clause(
            far.clause("III"), LETTER, agency_id=near.world.finance.pk, on=today, actor=near.world.actor
        ),
        lambda: urge_clause(
            near.clause("III"), LETTER, agency_id=far.world.finance.pk, on=today, actor=near.world.actor
        ),
        lambda: urge_duty(duty_of(far.world), LETTER, on=today, actor=near.world.actor),
    ):
        with pytest.raises(Refused):
            deed()
    assert LogEntry.objects.count() == before


@pytest.mark.parametrize("role", ["leader", "focal", "inspection"])
def test_only_the_compiling_officers_urge_for_a_clause_and_leaders_too_for_a_duty(
    here: Resolved, today: date, role: str
) -> None:
    actor = Actor(here.world.viewer(role, here.world.finance), "Người khác")
    with pytest.raises(Refused, match="Vai trò"):
        urge_clause(here.clause("II.2"), LETTER, agency_id=here.world.finance.pk, on=today, actor=actor)
    if role == "leader":  # who may ask an agency for its reasons
        assert urge_duty(duty_of(here.world), LETTER, on=today, actor=actor).number == 1
        return
    with pytest.raises(Refused, match="Vai trò"):
        urge_duty(duty_of(here.world), LETTER, on=today, actor=actor)


# The pages


def test_a_letter_is_proposed_changed_and_recorded(here: Resolved, today: date) -> None:
    world, clause = here.world, here.clause("II.2")
    client = signed_in(world, "officer")
    page = f"/clauses/{clause}/urge/"
    first = client.get(page).context["form"]
    assert first.initial["text"].startswith("Kính gửi: Sở Tài chính")
    assert "12-NQ/TU, mục II.2: “Nạo vét luồng chính ở Cần Thơ”" in first.initial["text"]
    by = today + timedelta(days=10)
    choice = {"agency": world.building.pk, "kind": "phe-binh", "channel": "dien-thoai", "answer_by": by.isoformat()}
    again = client.post(page, {**choice, "text": "", "draft": "1"})
    text = again.context["form"].initial["text"]
    assert "phê bình Sở Xây dựng" in text
    assert f"trước ngày {by:%d/%m/%Y}." in text
    assert Urge.objects.count() == 0, "a proposal records nothing"
    answer = client.post(page, {**choice, "text": text + " Xin cảm ơn."})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/clauses/{clause}/")
    row = Urge.objects.get()
    assert (row.kind, row.channel, row.urged_on, row.answer_by) == ("phe-binh", "dien-thoai", today, by)
    assert row.text.endswith("Xin cảm ơn.")
    refused = client.post(page, {**choice, "text": text})
    assert refused.status_code == 422
    assert "phải sau ngày đó" in words(refused)


def test_the_focal_point_finds_the_letter_on_its_board_and_in_the_list(here: Resolved, today: date) -> None:
    world = here.world
    urge_clause(here.clause("II.2"), LETTER, agency_id=world.finance.pk, on=today, actor=world.actor)
    focal = signed_in(world, "focal")
    for page in ("/", "/urges/", f"/agencies/{world.finance.pk}/"):
        assert "12-NQ/TU, II.2" in words(focal.get(page)), page
    assert "Đề nghị thực hiện." in words(focal.get(f"/clauses/{here.clause('II.2')}/"))
    assert focal.get(f"/clauses/{here.clause('II.2')}/urge/").status_code == 403
