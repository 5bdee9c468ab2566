"""What documents do to one another: read in them, recorded by hand, and drawn; for each viewer and each day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dondoc.office.access import Actor, Refused, Viewer
from dondoc.office.actions.documents import write_note
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.links import LinkRefused, add_link, change_link, end_link
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Document, DocumentLink, LogEntry
from dondoc.office.queries import links, tasks
from dondoc.office.queries.links import NoSuchLink
from dondoc.office.templatetags.look import shown
from dondoc.office.web.graph import ACROSS, HEIGHT, WIDTH, drawing
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 31)


def taken(world: World, number: str, body: str, *, on: date = date(2022, 3, 1)) -> Document:
    """Take a paper in and read it."""
    text = (
        f"THÀNH ỦY CẦN THƠ\n*\nSố {number}\n\nCần Thơ, ngày {on.day:02d} tháng {on.month:02d} năm {on.year}\n\n"
        f"CÔNG VĂN\nvề việc số {number.split('-', maxsplit=1)[0]}\n\n{body}\n"
    )
    into = Incoming(text.encode(), f"{number}.txt".replace("/", "-"), on)
    document = Document.objects.get(pk=take_in(into, actor=world.actor).document_id)
    read_document(document.pk, actor=world.actor)
    return document


def moment(world: World, day: date = DAY, **more: object) -> dict[str, object]:
    return {"viewer": world.viewer(), "as_of": day, "known_at": None, **more}


def said(world: World, document: Document, **more: object) -> list[tuple[str, str, int | None]]:
    return [(row.kind, row.number, row.target_id) for row in links.links(document.pk, **moment(world, **more))]


def test_the_words_before_a_number_say_what_the_document_does(world: World) -> None:
    body = (
        "Căn cứ Nghị quyết số 59-NQ/TW; căn cứ Nghị quyết số 7-NQ/TU.\n\nThành ủy yêu cầu triển khai thực hiện "
        "Nghị quyết số 7-NQ/TU. Công văn này thay thế Công văn số 3-CV/TU."
    )
    document = taken(world, "9-CV/TU", body)
    assert said(world, document) == [
        ("implements", "7-NQ/TU", world.resolution.pk),
        ("replaces", "3-CV/TU", None),
        ("cites", "59-NQ/TW", None),
    ]
    for row in links.links(document.pk, **moment(world)):
        assert document.text[row.start : row.end] == row.number
    replaced = next(row for row in links.links(document.pk, **moment(world)) if row.kind == "implements")
    assert document.text[: replaced.start].endswith("thực hiện Nghị quyết số ")


def test_a_number_that_comes_into_the_register_later_is_found_from_then_on(worlds: tuple[World, World]) -> None:
    near, far = worlds
    document = taken(near, "9-CV/TU", "Thực hiện Kế hoạch số 12-KH/TU.", on=date(2022, 3, 2))
    taken(far, "12-KH/TU", "Kế hoạch của nơi khác.")
    assert said(near, document) == [("implements", "12-KH/TU", None)]
    plan = taken(near, "12-KH/TU", "Kế hoạch.")
    assert said(near, document) == [("implements", "12-KH/TU", plan.pk)]
    assert said(near, document, known_at=LogEntry.objects.filter(office=near.office).first().recorded_at) == []
    later = taken(near, "12-KH/TU ", "Kế hoạch khác cùng số.", on=date(2022, 3, 20))
    assert later.pk != plan.pk
    assert said(near, document) == [("implements", "12-KH/TU", plan.pk)]


def test_a_link_is_added_corrected_and_ended_and_the_past_stays(world: World) -> None:
    document = taken(world, "9-CV/TU", "Nội dung.")
    row = add_link(document.pk, kind="cites", number=" 7-NQ/TU ", on=date(2022, 3, 5), actor=world.actor)
    added = row.recorded_at
    assert said(world, document, day=date(2022, 3, 4)) == []
    assert said(world, document) == [("cites", "7-NQ/TU", world.resolution.pk)]
    with pytest.raises(LinkRefused):
        add_link(document.pk, kind="cites", number="7-nq/tu", on=DAY, actor=world.actor)
    changed = change_link(row.pk, kind="makes_concrete", actor=world.actor)
    assert change_link(changed.pk, kind="makes_concrete", actor=world.actor) == changed
    assert said(world, document) == [("makes_concrete", "7-NQ/TU", world.resolution.pk)]
    assert said(world, document, known_at=added) == [("cites", "7-NQ/TU", world.resolution.pk)]
    with pytest.raises(NoSuchLink):
        change_link(row.pk, kind="amends", actor=world.actor)
    end_link(changed.pk, on=date(2022, 3, 20), actor=world.actor)
    assert said(world, document) == []
    assert said(world, document, day=date(2022, 3, 19)) == [("makes_concrete", "7-NQ/TU", world.resolution.pk)]
    assert DocumentLink.objects.filter(document=document).count() == 3
    # All of this was entered years late: the page says it of the link and of its end, and of nothing in time.
    held = links.links(document.pk, **moment(world, date(2022, 3, 19)))
    over = links.ended(document.pk, **moment(world))
    begun, gone = ((timezone.localdate() - on).days for on in (date(2022, 3, 5), date(2022, 3, 20)))
    assert [(row.until, row.late_entry, row.late_end) for row in (*held, *over)] == [
        (date(2022, 3, 20), begun, gone),
        (date(2022, 3, 20), begun, gone),
    ]
    assert links.ended(document.pk, **moment(world, known_at=added)) == []
    add_link(document.pk, kind="replaces", number="7-NQ/TU", on=timezone.localdate(), actor=world.actor)
    page = f"/documents/{document.pk}/"
    today, past = (words(signed_in(world, "officer").get(f"{page}{asked}")) for asked in ("", "?as_of=2022-03-19"))
    late = [f"ghi nhận muộn {shown(days)} ngày" for days in (begun, gone)]
    assert [today.count(one) for one in late] == [1, 1]  # what has ended, folded
    assert [past.count(one) for one in late] == [2, 1]  # in the list, and in the table beside the drawing
    assert "thay thế 7-NQ/TU" in today


def test_what_makes_no_sense_or_is_not_ones_own_is_refused(worlds: tuple[World, World]) -> None:
    near, far = worlds
    document = taken(near, "9-CV/TU", "Nội dung.")
    row = add_link(document.pk, kind="cites", number="7-NQ/TU", on=DAY, actor=near.actor)
    for kind, number, on in (
        ("praises", "7-NQ/TU", DAY),
        ("cites", "  ", DAY),
        ("cites", "9" * 81, DAY),
        ("cites", "9-CV/TU", DAY),
        ("implements", "7-NQ/TU", date(2999, 1, 1)),
    ):
        with pytest.raises(LinkRefused):
            add_link(document.pk, kind=kind, number=number, on=on, actor=near.actor)
    focal = Actor(Viewer(None, near.office.pk, "focal", frozenset({near.finance.pk})), "Đầu mối")
    for act in (
        lambda: add_link(document.pk, kind="cites", number="1-CV/TU", on=DAY, actor=focal),
        lambda: add_link(document.pk, kind="cites", number="1-CV/TU", on=DAY, actor=far.actor),
        lambda: change_link(row.pk, kind="amends", actor=focal),
        lambda: change_link(row.pk, kind="amends", actor=far.actor),
        lambda: end_link(row.pk, on=DAY, actor=far.actor),
        lambda: end_link(row.pk, on=date(2999, 1, 1), actor=near.actor),
    ):
        with pytest.raises(Refused):
            act()
    assert DocumentLink.objects.count() == 1


def test_the_picture_holds_two_steps_up_and_two_down_and_no_more(worlds: tuple[World, World]) -> None:
    near, far = worlds
    papers = [near.resolution]
    for n in range(1, 5):
        papers.append(taken(near, f"{n}-KH/TU", f"Thực hiện văn bản số {number_of(papers[-1])}.", on=date(2022, 3, n)))
    taken(far, "9-CV/TU", "Thực hiện Nghị quyết số 7-NQ/TU.")
    found = links.picture(papers[2].pk, **moment(near))
    assert {node.document_id: node.step for node in found.nodes} == {
        papers[0].pk: -2,
        papers[1].pk: -1,
        papers[2].pk: 0,
        papers[3].pk: 1,
        papers[4].pk: 2,
    }
    assert {(edge.source, edge.target, edge.kind) for edge in found.edges} == {
        (f"d{low.pk}", f"d{high.pk}", "implements") for high, low in pairwise(papers)
    }
    ends = links.picture(papers[0].pk, **moment(near))
    assert sorted(node.step for node in ends.nodes) == [0, 1, 2]


def number_of(document: Document) -> str:
    return str(document.headers.get().number)


def test_a_focal_point_sees_no_document_of_others_in_the_picture(world: World) -> None:
    own = taken(world, "9-CV/TU", "Thực hiện Nghị quyết số 7-NQ/TU và Công văn số 99-CV/TU.", on=date(2022, 3, 2))
    other = taken(world, "10-CV/TU", "Thực hiện Nghị quyết số 7-NQ/TU.", on=date(2022, 3, 3))
    for document, agency in ((own, world.finance), (other, world.building)):
        add_task(NewTask("Việc", (NewDuty(agency),), world.workflow, document=document), on=DAY, actor=world.actor)
    focal = world.viewer("focal", world.finance)
    found = links.picture(world.resolution.pk, **moment(world, viewer=focal))
    assert [node.title for node in found.nodes] == ["7-NQ/TU", "9-CV/TU"]
    whole = links.picture(world.resolution.pk, **moment(world))
    assert [node.title for node in whole.nodes] == ["7-NQ/TU", "9-CV/TU", "10-CV/TU"]
    page = words(signed_in(world, "focal").get(f"/documents/{world.resolution.pk}/?as_of=2022-03-31"))
    assert "9-CV/TU" in page
    assert "10-CV/TU" not in page


def test_a_picture_of_many_is_cut_and_says_so(world: World) -> None:
    for n in range(links.WIDEST + 1):
        taken(world, f"{n + 1}-CV/TU", "Thực hiện Nghị quyết số 7-NQ/TU.", on=date(2022, 3, 1))
    found = links.picture(world.resolution.pk, **moment(world))
    assert (len(found.nodes), found.is_cut) == (links.WIDEST + 1, True)


def test_in_the_drawing_nothing_overlaps_and_what_is_not_here_has_no_address(world: World) -> None:
    document = taken(world, "9-CV/TU", "Thực hiện Nghị quyết số 7-NQ/TU. Thay thế Công văn số 3-CV/TU.")
    add_link(document.pk, kind="makes_concrete", number="7-NQ/TU", on=date(2022, 3, 1), actor=world.actor)
    drawn = drawing(links.picture(document.pk, **moment(world)))
    assert drawn is not None
    corners = [(box.x, box.y) for box in drawn.boxes]
    for n, (x, y) in enumerate(corners):
        assert 0 <= x <= drawn.width - WIDTH
        assert 0 <= y <= drawn.height - HEIGHT
        for other_x, other_y in corners[:n]:
            assert abs(x - other_x) >= WIDTH + ACROSS or abs(y - other_y) > HEIGHT
    assert [(box.title, box.document_id is None, box.is_middle) for box in drawn.boxes] == [
        ("9-CV/TU", False, True),
        ("7-NQ/TU", False, False),
        ("3-CV/TU", True, False),
    ]
    assert [line.label for line in drawn.lines] == ["thực hiện, cụ thể hóa", "thay thế"]
    assert len(drawn.rows) == 3
    alone = take_in(Incoming(b"Mot to giay.", "a.txt", DAY), actor=world.actor)
    assert drawing(links.picture(alone.document_id, **moment(world))) is None


def test_links_are_recorded_on_the_documents_page(world: World) -> None:
    document = taken(world, "9-CV/TU", "Nội dung.")
    client = signed_in(world, "officer")
    page = f"/documents/{document.pk}/"
    client.post(f"{page}links/", {"kind": "implements", "number": "7-NQ/TU", "on": "2022-03-01"})
    row = DocumentLink.objects.get()
    assert (row.kind, row.target, row.effective_on) == ("implements", world.resolution, date(2022, 3, 1))
    client.post(f"/links/{row.pk}/", {"kind": "amends"})
    [link] = client.get(page).context["links"]
    assert (link.kind, link.target_id) == ("amends", world.resolution.pk)
    client.post(f"/links/{link.id}/end/")
    assert client.get(page).context["links"] == []
    told = words(client.get(page))
    assert "chấm dứt quan hệ giữa hai văn bản" in told
    assert signed_in(world, "leader").get(page).context["link_form"] is None


def test_a_task_of_a_note_shows_the_notes_words_and_its_document_to_the_offices_own_people(world: World) -> None:
    officer = Actor(Viewer(world.users["leader"].pk, world.office.pk, "leader"), "leader Cần Thơ")
    note = write_note(world.resolution.pk, text="Sở Tài chính làm gấp.", on=date(2022, 3, 5), actor=officer)
    new = NewTask("Lập đề án", (NewDuty(world.finance),), world.workflow, origin="note", note=note)
    task = add_task(new, on=date(2022, 3, 6), actor=world.actor)
    found = tasks.task(task.pk, **moment(world)).note
    on, late = date(2022, 3, 5), (timezone.localdate() - date(2022, 3, 5)).days
    assert found == tasks.NoteWords(world.resolution.pk, "leader Cần Thơ", on, "Sở Tài chính làm gấp.", late)
    answer = signed_in(world, "officer").get(f"/tasks/{task.pk}/")
    told = words(answer)
    for part in ("“Sở Tài chính làm gấp.”", "leader Cần Thơ", f"05/03/2022 ghi nhận muộn {shown(late)} ngày"):
        assert part in told
    assert f"/documents/{world.resolution.pk}/#notes-title" in answer.content.decode()
    assert "làm gấp" not in words(signed_in(world, "focal").get(f"/tasks/{task.pk}/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_documents_page_asks_as_often_with_one_link_as_with_three(world: World, rows: int) -> None:
    for n in range(rows):
        taken(world, f"{n + 1}-CV/TU", "Thực hiện Nghị quyết số 7-NQ/TU; thay thế Công văn số 90-CV/TU.")
    client = signed_in(world, "officer")
    path = f"/documents/{world.resolution.pk}/"
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert len(queries) == 29
