"""A task in one line: what is understood, what is shown before it is entered, and how days and numbers are typed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict

from dondoc.office.actions.documents import correct_header
from dondoc.office.actions.intake.line import read_line
from dondoc.office.models import Agency, Note, Task
from dondoc.office.web.forms import DayInput, NumberField
from dondoc.rules.text import NotADate, parse_typed_date
from office.asking import signed_in, words
from office.conftest import World

ON = date(2026, 11, 22)
KNOWN = ("Sở Tài chính", "Trung tâm Đổi mới sáng tạo Tây Đô")


@pytest.mark.parametrize(
    ("line", "leads", "coordinators", "due_on", "title"),
    [
        (
            "Sở Tài chính chủ trì báo cáo giải ngân trước 20/6",
            ["Sở Tài chính"],
            [],
            date(2027, 6, 20),
            "Báo cáo giải ngân",
        ),
        ("Sở Y tế báo cáo trước 31/12", ["Sở Y tế"], [], date(2026, 12, 31), "Báo cáo"),
        (
            "giao Sở Xây dựng, phối hợp với Sở Tài chính và Sở Y tế lập danh mục trước ngày 30/6/2028",
            ["Sở Xây dựng"],
            ["Sở Tài chính", "Sở Y tế"],
            date(2028, 6, 30),
            "Lập danh mục",
        ),
        ("Sở Nội vụ rà soát biên chế trong tháng 3", ["Sở Nội vụ"], [], date(2027, 3, 31), "Rà soát biên chế"),
        ("báo cáo giải ngân trước 20/6", [], [], date(2027, 6, 20), "Báo cáo giải ngân"),
        ("Sở Tài chính lập báo cáo trước 5-6-27", ["Sở Tài chính"], [], date(2027, 6, 5), "Lập báo cáo"),
        (
            "Trung tâm Đổi mới sáng tạo Tây Đô dọn kho",
            ["Trung tâm Đổi mới sáng tạo Tây Đô"],
            [],
            None,
            "Dọn kho",
        ),
        ("Gọi điện cho anh Nam", [], [], None, "Gọi điện cho anh Nam"),
        ("", [], [], None, ""),
    ],
)
def test_a_line_is_read_by_the_reader_of_documents(
    line: str, leads: list[str], coordinators: list[str], due_on: date | None, title: str
) -> None:
    read = read_line(line, on=ON, known=KNOWN)
    found = ([n.name for n in read.leads], [n.name for n in read.coordinators], read.due_on, read.title)
    assert found == (leads, coordinators, due_on, title)
    assert "".join(words for words, _kind in read.pieces) == line


def test_what_looks_like_a_day_and_is_none_is_named() -> None:
    read = read_line("Sở Tài chính báo cáo trước 31/2", on=ON)
    assert (read.due, read.no_day) == (None, "31/2")


@pytest.mark.parametrize("ahead", [True, False])
def test_a_day_is_typed_in_many_ways(ahead: bool) -> None:
    typed = ["05/06/2024", "5/6/2024", "5-6-24", "5.6.2024", "2024-06-05", "ngày 05 tháng 6 năm 2024"]
    assert {parse_typed_date(text, on=ON, ahead=ahead) for text in typed} == {date(2024, 6, 5)}
    assert parse_typed_date("5/6", on=ON, ahead=ahead) == date(2027 if ahead else 2026, 6, 5)
    assert parse_typed_date("22/11", on=ON, ahead=ahead) == ON
    assert parse_typed_date("29/2", on=ON, ahead=ahead) == date(2028 if ahead else 2024, 2, 29)


@pytest.mark.parametrize("text", ["31/2", "12/31/2024", "5/13", "0/1", "5/6-24", "20/6/123", "mai", ""])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        parse_typed_date(text, on=ON, ahead=True)


class Form(forms.Form):
    """The fields of the product that take a day or a number."""

    day = forms.DateField(widget=DayInput(), required=False)
    number = NumberField(required=False)


def test_every_form_takes_days_and_numbers_as_offices_write_them() -> None:
    form = Form(QueryDict("day=5-6-24&number=1.234,5"))
    assert (form.is_valid(), form.cleaned_data) == (True, {"day": date(2024, 6, 5), "number": Decimal("1234.5")})
    wrong = Form(QueryDict("day=31/2&number=1.23"))
    assert (wrong.is_valid(), "5/6" in str(wrong.errors["day"]), "1.234,5" in str(wrong.errors["number"])) == (
        False,
        True,
        True,
    )
    assert 'value="1.234,5"' in str(Form(initial={"number": Decimal("1234.5")})["number"])


pytestmark = pytest.mark.django_db
LINE = "Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập báo cáo trước 20/6/2099"


def entered(world: World, role: str = "officer", query: str = "", **sent: object) -> object:
    """Send the form as the browser does."""
    return signed_in(world, role).post(f"/tasks/add/{query}", sent)


def test_a_line_is_shown_as_it_was_understood_and_nothing_is_entered(world: World) -> None:
    before = Task.objects.count()
    client = signed_in(world, "officer")
    page = client.get("/tasks/add/", {"text": LINE}, headers={"HX-Request": "true", "HX-Target": "entry-read"})
    html = page.content.decode()
    assert ("<html" in html, '<mark class="lead">Sở Tài chính' in html, 'value="2099-06-20"' in html) == (
        False,
        True,
        True,
    )
    assert (page.context["new"], Task.objects.count()) == ([], before)


def test_before_it_is_given_work_says_which_of_the_six_points_are_missing(world: World) -> None:
    client = signed_in(world, "officer")
    part = {"HX-Request": "true", "HX-Target": "entry-clear"}

    def lacking(**typed: object) -> tuple[list[str], list[str]]:
        html = client.get("/tasks/add/", typed, headers=part).content.decode()
        return re.findall(r"<li><b>Rõ ([^<]*)</b>", html), re.findall(r'<a href="([^"]*)"', html)

    page = words(client.get("/tasks/add/", {"text": LINE}))
    assert "Rõ sản phẩm : chưa nêu sản phẩm phải có. Nêu sản phẩm" in page
    assert "Rõ thời gian" not in page
    assert "còn thiếu" not in words(client.get("/tasks/add/")), "nothing is typed yet"
    correct_header(world.resolution, actor=world.actor, issuer_name="Thành ủy Cần Thơ")
    whole = {"title": "Lập danh mục", "lead": "Sở Tài chính", "due_on": "2099-06-20", "product": "Danh mục"}
    two = {"lead": ["Sở Tài chính", "Sở Xây dựng"]}
    assert lacking(**whole) == (["thẩm quyền"], ["/documents/"])
    assert lacking(**whole, document=world.resolution.pk) == ([], [])
    assert lacking(**whole | {"lead": "Các sở, ngành"})[0] == ["người", "thẩm quyền"]
    assert lacking(**whole | two)[0] == ["trách nhiệm", "thẩm quyền"]
    assert lacking(**whole | two, stages="soạn thảo; thẩm định")[0] == ["thẩm quyền"]
    named, places = lacking(due_kind="day")
    assert named == ["người", "việc", "thời gian", "trách nhiệm", "sản phẩm", "thẩm quyền"]
    form = client.get("/tasks/add/", {"text": LINE}).content.decode()
    assert [f'id="{place[1:]}"' in form for place in places if place[0] == "#"] == [True] * 5


def test_what_was_confirmed_is_entered_by_hand(world: World) -> None:
    sent = {"text": LINE, "read": LINE, "title": "Lập báo cáo", "due_on": "2099-06-20"}
    answer = entered(world, **sent, lead=["Sở Tài chính", ""], coordinators=["Sở Xây dựng", ""])
    task = Task.objects.latest("pk")
    assert answer.headers["Location"] == f"/tasks/{task.pk}/"
    duties = [
        (d.role, d.bearers.get().agency, d.dues.get().last_day, d.dues.get().words)
        for d in task.duties.order_by("order")
    ]
    due = (date(2099, 6, 20), "trước 20/6/2099")
    assert (task.title, task.origin) == ("Lập báo cáo", "hand")
    assert duties == [("lead", world.finance, *due), ("coordinate", world.building, *due)]
    assert "nhập bằng tay" in words(signed_in(world, "officer").get(f"/tasks/{task.pk}/"))


def test_a_line_that_changed_after_it_was_read_is_shown_before_it_is_entered(world: World) -> None:
    before = Task.objects.count()
    answer = entered(world, text=LINE, read="", title="", lead="")
    assert (answer.status_code, Task.objects.count()) == (422, before)
    assert ("Lập báo cáo" in answer.content.decode(), "Enter lần nữa" in words(answer)) == (True, True)


def test_an_agency_that_the_register_does_not_know_is_shown_as_new_first(world: World) -> None:
    line = "Sở Dân vận mẫu lập báo cáo"
    sent = {"text": line, "read": line, "title": "Lập báo cáo", "lead": "Sở Dân vận mẫu"}
    known = Agency.objects.count()
    answer = entered(world, **sent)
    assert (answer.status_code, answer.context["new"], Agency.objects.count()) == (
        422,
        ["Sở Dân vận mẫu"],
        known,
    )
    entered(world, **sent, new="Sở Dân vận mẫu")
    assert Agency.objects.count() == known + 1
    assert Task.objects.latest("pk").duties.get().bearers.get().agency.names.get().name == "Sở Dân vận mẫu"


def test_an_agency_that_has_ended_is_shown_by_the_name_of_today_before_anything_is_entered(world: World) -> None:
    line = "Sở Giao thông vận tải lập báo cáo"
    before = Task.objects.count()
    answer = entered(world, text=line, read=line, title="Lập báo cáo", lead="Sở Giao thông vận tải")
    assert (answer.status_code, answer.context["form"]["lead"].value(), Task.objects.count()) == (
        422,
        ["Sở Xây dựng"],
        before,
    )
    entered(world, text=line, read=line, title="Lập báo cáo", lead="Sở Xây dựng")
    assert Task.objects.latest("pk").duties.get().bearers.get().agency == world.building


def test_a_line_that_is_no_assignment_is_entered_with_a_lead_chosen(world: World) -> None:
    line = "Gọi điện cho anh Nam"
    answer = entered(world, text=line, read=line, title=line, lead="")
    assert answer.status_code == 422
    entered(world, text=line, read=line, title=line, lead="sở tài chính")
    assert Task.objects.latest("pk").duties.get().bearers.get().agency == world.finance


def test_a_due_day_that_is_none_is_not_left_out_silently(world: World) -> None:
    line = "Sở Tài chính lập báo cáo trước 31/2"
    sent = {"text": line, "read": line, "title": "Lập báo cáo", "lead": "Sở Tài chính"}
    before = Task.objects.count()
    answer = entered(world, **sent)
    assert (answer.status_code, "31/2" in str(answer.context["form"].errors["due"])) == (422, True)
    assert Task.objects.count() == before
    assert entered(world, **sent, due_on="1/3/2099").status_code == 302


def test_a_month_stays_a_month_and_a_day_that_was_changed_is_taken_as_typed(world: World) -> None:
    line = "Sở Tài chính lập báo cáo trong tháng 3/2099"
    sent = {"text": line, "read": line, "title": "Lập báo cáo", "lead": "Sở Tài chính"}
    entered(world, **sent, due_on="2099-03-31")
    entered(world, **sent, due_on="5-6-98")
    kinds = [
        (t.duties.get().dues.get().kind, t.duties.get().dues.get().last_day) for t in Task.objects.order_by("-pk")[:2]
    ]
    assert kinds == [("day", date(1998, 6, 5)), ("month", date(2099, 3, 31))]


def test_the_line_is_filled_with_a_leaders_note(worlds: tuple[World, World]) -> None:
    near, far = worlds
    for world in worlds:
        signed_in(world, "leader").post(
            f"/documents/{world.resolution.pk}/note/", {"text": f"Giao Sở Tài chính lập đề án {world.office.key}"}
        )
    note, other = Note.objects.get(document=near.resolution), Note.objects.get(document=far.resolution)
    client = signed_in(near, "officer")
    assert client.get(f"/tasks/add/?note={note.pk}").context["read"].text == "Giao Sở Tài chính lập đề án gan"
    assert client.get(f"/tasks/add/?note={other.pk}").context["read"].text == ""


@pytest.mark.parametrize("role", ["leader", "inspection", "focal"])
def test_who_may_not_assign_is_told_why(world: World, role: str) -> None:
    client = signed_in(world, role)
    part = client.get("/tasks/add/", headers={"HX-Request": "true"})
    assert (part.status_code, "Chỉ chuyên viên tổng hợp" in words(part)) == (200, True)
    assert entered(world, role, text=LINE, read=LINE, title="Việc", lead="Sở Tài chính").status_code == 403
    assert (
        client.get(
            "/tasks/add/", {"text": LINE}, headers={"HX-Request": "true", "HX-Target": "entry-read"}
        ).context.get("form")
        is None
    )


def test_nothing_is_entered_on_a_past_day(world: World) -> None:
    part = signed_in(world, "officer").get("/tasks/add/?as_of=2022-01-05", headers={"HX-Request": "true"})
    assert "quá khứ" in words(part)


def test_an_agency_of_another_office_is_not_charged(worlds: tuple[World, World]) -> None:
    near, far = worlds
    before = Task.objects.count()
    answer = entered(near, title="Việc", lead=far.finance.pk)
    assert (answer.status_code, Task.objects.count()) == (422, before)
