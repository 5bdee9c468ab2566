"""Reports: every template over the figures; one in the making, written by several hands, of which nothing is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from dondoc.office import figures
from dondoc.office.access import Actor, Refused, Viewer
from dondoc.office.actions.compilations import (
    CompilingRefused,
    NewCompilation,
    SectionWords,
    add_section,
    begin_compilation,
    lay_down_section,
    move_passage,
    move_section,
    take_over,
    write_passage,
)
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.extensions import Request, ask_extension
from dondoc.office.actions.frames import NewFrame, bring_frame, end_frame
from dondoc.office.actions.obstacles import NewObstacle, name_obstacle
from dondoc.office.actions.parameters import NewValue, lay_down_parameter
from dondoc.office.actions.progress import NewReport, open_period, regular_period, submit_progress
from dondoc.office.actions.scales import end_scale
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.actions.urges import NewUrge, urge_duty
from dondoc.office.models import Duty, Passage, Period, Progress, User
from dondoc.office.queries import compilations
from dondoc.office.queries.compilations import CompilationRow, NoSuchCompilation, Overwritten
from dondoc.office.queries.frames import NoSuchFrame
from dondoc.office.reports.blocks import FigureRun, Report, Text, every_block, figures_of, runs_of
from dondoc.office.reports.board import Scope
from dondoc.office.reports.passages import InsertionRefused
from dondoc.office.reports.scopes import choices
from dondoc.office.reports.snapshot import as_text
from dondoc.office.reports.templates import TemplateRefused, make, templates
from dondoc.rules.deadlines import DueRule
from dondoc.rules.insertions import token
from office.conftest import World
from office.reports.frames import office_file

pytestmark = pytest.mark.django_db
DAY = date(2022, 6, 16)
NOTE = re.compile(r"\[\d+\]")
LATE, DONE, SOON = date(2022, 6, 1), date(2022, 5, 1), DAY + timedelta(days=2)


def busy(world: World) -> None:
    """One task done in time, one overdue and urged, one due soon with an obstacle, one asked to be put off."""
    dues = {"Việc đã xong": DONE, "Việc quá hạn": LATE, "Việc sắp đến hạn": SOON}
    for title, due in dues.items():
        new = NewTask(title, (NewDuty(world.building, due=DueRule("day", due)),), world.workflow, product="Quyết định")
        add_task(new, on=date(2022, 1, 4), actor=world.actor)
    duty = {row.task.title: row.pk for row in Duty.objects.filter(task__office=world.office).select_related("task")}
    move_duty(Move(duty["Việc đã xong"], "done", date(2022, 4, 20)), actor=world.actor)
    urge = NewUrge("don-doc", "cong-van", "Đề nghị thực hiện", SOON)
    urge_duty(duty["Việc quá hạn"], urge, on=DAY, actor=world.actor)
    blocked = NewObstacle(duty["Việc sắp đến hạn"], "capital", "Chưa bố trí vốn", "Sở Tài chính", date(2022, 5, 2))
    name_obstacle(blocked, on=DAY, actor=world.actor)
    ask_extension(Request(duty["Việc quá hạn"], date(2022, 8, 1), "Chờ thẩm định"), on=DAY, actor=speaker(world))


def speaker(world: World) -> Actor:
    return Actor(world.viewer("focal", world.building, world.finance), "Đầu mối")


def person(world: World, name: str, role: str = "officer") -> Actor:
    user = world.users[role]
    return Actor(Viewer(user.pk, world.office.pk, role), name)


def written(world: World, key: str, scope: Scope, **more: object) -> Report:
    moment: dict[str, object] = {"as_of": DAY, "known_at": None, "issued_on": DAY, "viewer": world.viewer(), **more}
    return make(key, scope, **moment)[0]  # type: ignore[arg-type]


def test_each_template_is_written_for_each_of_its_scopes_over_the_figures_alone(world: World) -> None:
    busy(world)
    viewer = world.viewer()
    texts: dict[str, str] = {}
    for template in templates(on=DAY):
        for kind in template.scopes:
            found = choices((kind,), viewer=viewer, as_of=DAY, known_at=None)
            chosen = next((one for one in found if one.label == "Sở Xây dựng"), found[0])
            report = written(world, template.key, chosen.scope)
            shown = figures_of(report)
            asked = [(one.key, dict(one.arguments)) for one in shown if one.as_of == DAY]
            again = figures.values(asked, viewer=viewer, as_of=DAY, known_at=None)
            assert [one for one in shown if one.as_of == DAY] == again, (template.key, kind)
            # A number that was counted is never a plain word: those in words are names, days, places in a list.
            sentences = [
                run.text
                for block in every_block(report)
                if not hasattr(block, "rows") and not hasattr(block, "spec")
                for run in runs_of(block)
                if isinstance(run, Text)
            ]
            assert not [text for text in sentences if text.strip().isdigit()], (template.key, kind)
            texts[f"{template.key} {kind}"] = NOTE.sub("", as_text(report))
    assert sorted(texts) == sorted(
        f"{template.key} {kind}" for template in templates(on=DAY) for kind in template.scopes
    )
    office = texts["agencies office"]
    assert "được giao tổng số 6 nhiệm vụ, trong đó đã hoàn thành: 1, chưa hoàn thành: 5." in office
    assert "có 1 nhiệm vụ quá hạn trong tổng số 5 nhiệm vụ chưa hoàn thành, cụ thể như sau:" in office
    assert "Tỷ lệ hoàn thành trên số đã đến hạn: 50% (1/2 nhiệm vụ)." in office
    assert "Việc quá hạn" not in texts["agencies resolution"]
    assert "đã đôn đốc 1 lần" in texts["urging office"]
    assert "Có 1 lần đôn đốc yêu cầu trả lời nhưng chưa được trả lời" in texts["urging agency"]
    briefing = texts["briefing office"]
    assert "Từ ngày 09/6/2022 đến ngày 16/6/2022" in briefing
    assert "Việc sắp đến hạn: Chưa bố trí vốn | Sở Xây dựng | Sở Tài chính | 02/05/2022" in briefing
    assert "đề nghị lùi thời hạn đang chờ quyết định, cụ thể như sau:" in briefing
    assert "Việc quá hạn | Sở Xây dựng | Quyết định | 01/06/2022" in texts["annex agency"]
    # From 2026 on the report by agency ranks them; one issued before, whenever it is made again, does not.
    # Without a scale there is none to make.
    headings = []
    for issued_on in (DAY, date(2026, 1, 1), date(2026, 1, 1)):
        lines = as_text(written(world, "agencies", Scope(), issued_on=issued_on)).splitlines()
        headings.append([line for line in lines if line.startswith("# ")][2])
        if issued_on != DAY and len(headings) == 2:
            end_scale("xep-hang", DAY, actor=world.actor)
    assert headings == ["# Nhiệm vụ quá hạn", "# Xếp hạng cơ quan, đơn vị", "# Nhiệm vụ quá hạn"]
    monthly = NewValue("briefing_days", "30", date(2022, 6, 1), "Quy chế làm việc: giao ban hằng tháng")
    lay_down_parameter(monthly, actor=world.actor)
    assert "Từ ngày 17/5/2022 đến ngày 16/6/2022" in NOTE.sub("", as_text(written(world, "briefing", Scope())))
    with pytest.raises(TemplateRefused, match="không lập cho phạm vi này"):
        written(world, "progress", Scope())
    with pytest.raises(Refused, match="chưa ghi nhận gì về nội dung này"):
        written(world, "agencies", Scope("agency", "0"))


def begun(world: World) -> tuple[CompilationRow, Period]:
    """A report on the list in the making, with what Sở Tài chính reported for June offered."""
    period = open_period(regular_period("month", date(2022, 6, 1)), on=DAY, actor=world.actor)
    ids = sorted(Progress.objects.filter(period=period).values_list("pk", flat=True))
    said = [
        NewReport(ids[0], "Đã trình dự thảo. Đang lấy ý kiến.", difficulties="Thiếu định mức."),
        NewReport(ids[1], "Đã họp hội đồng.", next_steps="Trình ký."),
        NewReport(ids[2], nothing_new=True),
    ]
    submit_progress(said, on=DAY, actor=speaker(world))
    new = NewCompilation("progress", Scope("programme", world.programme.key), DAY, period.pk)
    row = begin_compilation(new, on=DAY, actor=person(world, "Lan"))
    return read(world, row.pk), period


def read(world: World, key: int, *, known_at: object = None, viewer: Viewer | None = None) -> CompilationRow:
    return compilations.compilation(key, viewer=viewer or world.viewer(), as_of=DAY, known_at=known_at)  # type: ignore[arg-type]


def test_agencies_words_are_taken_over_with_their_source_and_edited_by_several_hands(
    worlds: tuple[World, World],
) -> None:
    world, other = worlds
    row, _period = begun(world)
    lan, minh = person(world, "Lan"), person(world, "Minh", "leader")
    assert row.title.startswith("Tình hình thực hiện ")
    offered = compilations.offers(row, viewer=world.viewer(), as_of=DAY, known_at=None)
    assert [(one.part, one.text) for one in offered] == [
        ("result", "Đã trình dự thảo. Đang lấy ý kiến."),
        ("difficulties", "Thiếu định mức."),
        ("result", "Đã họp hội đồng."),
        ("next_steps", "Trình ký."),
    ]
    results = [one.step_id for one in offered if one.part == "result"]
    assert take_over(row.id, "results", results, on=DAY, actor=lan) == 2
    with pytest.raises(CompilingRefused, match="không còn được đề xuất"):
        take_over(row.id, "results", results, on=DAY, actor=lan)

    # Two officers at one passage: the second is told, and what the first wrote stays.
    first = read(world, row.id).of("results")[0]
    write_passage(row.id, "results", "Đã trình dự thảo. Bộ đã cho ý kiến.", actor=minh, replaces=first.id)
    with pytest.raises(Overwritten, match="Minh vừa sửa đoạn này") as told:
        write_passage(row.id, "results", "Đã trình dự thảo lần 2.", actor=lan, replaces=first.id)
    assert isinstance(told.value.now, Passage)
    assert told.value.now.text == "Đã trình dự thảo. Bộ đã cho ý kiến."
    before_the_third = timezone.now()
    named = token("duties.open", {"programme": world.programme.key})
    third = f"Bộ đã cho ý kiến. Còn {named} việc."
    write_passage(row.id, "results", third, actor=lan, replaces=told.value.now.pk)
    stands = read(world, row.id).of("results")
    assert [(each.sentence.split(" {")[0], each.author) for each in stands[0].written] == [
        ("Bộ đã cho ý kiến.", "Minh"),
        ("Còn", "Lan"),
    ]
    assert [each.author for each in stands[1].written] == ["Sở Tài chính"]
    assert stands[0].source is not None
    assert (stands[0].source.agency, stands[0].source.task[:9]) == ("Sở Tài chính", "Nhiệm vụ ")
    assert [version.author for version in stands[0].versions] == ["Lan", "Minh", "Lan"]
    assert read(world, row.id, known_at=before_the_third).of("results")[0].text == "Đã trình dự thảo. Bộ đã cho ý kiến."

    # On paper: in its section, the named figure as the number it is.
    report = written(world, "progress", Scope("programme", world.programme.key), compilation=row.id)
    runs = [run for block in report.blocks for run in runs_of(block)]
    sentence = next(at for at, run in enumerate(runs) if isinstance(run, Text) and "Bộ đã cho ý kiến. Còn" in run.text)
    assert isinstance(runs[sentence + 1], FigureRun)
    assert (runs[sentence + 1].figure.key, runs[sentence + 1].figure.value) == ("duties.open", 3)
    assert report.title == row.title
    with pytest.raises(InsertionRefused, match="không có hoặc viết sai"):
        write_passage(row.id, "results", "Còn {duties.nothing} việc", actor=lan)

    move_passage(row.id, stands[1].id, up=True, actor=lan)
    assert [one.text.split()[1] for one in read(world, row.id).of("results")] == ["họp", "đã"]
    gone = read(world, row.id).of("results")[0]
    write_passage(row.id, "results", "", actor=minh, replaces=gone.id)
    left = read(world, row.id)
    assert [len(left.of("results")), [one.versions[0].text for one in left.taken_away]] == [1, ["Đã họp hội đồng."]]

    # Another office, and an agency of this one, neither see nor write any of it.
    for stranger in (other.viewer(), world.viewer("focal", world.finance)):
        assert compilations.compilations(viewer=stranger, known_at=None) == []
        with pytest.raises(NoSuchCompilation):
            read(world, row.id, viewer=stranger)
    for actor in (other.actor, Actor(world.viewer("focal", world.finance), "Đầu mối")):
        with pytest.raises(Refused):
            write_passage(row.id, "results", "Lạ", actor=actor)
        with pytest.raises(Refused):
            take_over(row.id, "causes", results, on=DAY, actor=actor)
    assert not Passage.objects.filter(text="Lạ").exists()


def test_sections_are_ordered_headed_left_out_and_answered_for(world: World) -> None:
    row, _period = begun(world)
    lan, scope = person(world, "Lan"), Scope("programme", world.programme.key)
    owner = world.users["leader"].pk
    own = add_section(row.id, "Bài học kinh nghiệm", actor=lan, owner_id=owner)
    write_passage(row.id, own.key, "- Giao việc rõ người\n- Rõ thời hạn", actor=lan)
    lay_down_section(row.id, "summary", SectionWords(left_out=True), actor=lan)
    laid_down = lay_down_section(row.id, "results", SectionWords("Kết quả chủ yếu", owner), actor=lan)
    with pytest.raises(Overwritten, match="Lan vừa sửa phần này"):
        lay_down_section(row.id, "results", SectionWords("Khác"), actor=lan)
    lay_down_section(row.id, "results", SectionWords("Kết quả", owner), actor=lan, replaces=laid_down.pk)
    move_section(row.id, "limits", up=True, actor=lan)
    move_section(row.id, "limits", up=True, actor=lan)
    lines = as_text(written(world, "progress", scope, compilation=row.id)).splitlines()
    assert [line for line in lines if line.startswith("# ")] == [
        "# Tồn tại, hạn chế", "# Kết quả", "# Nhiệm vụ thời gian tới", "# Bài học kinh nghiệm",
    ]  # fmt: skip
    assert [line for line in lines if line.startswith("- ")] == ["- Giao việc rõ người", "- Rõ thời hạn"]
    assert read(world, row.id).sections["results"].owner == str(User.objects.get(pk=owner))
    with pytest.raises(CompilingRefused, match="Chỉ người của cơ quan"):
        add_section(row.id, "Khác", actor=lan, owner_id=world.users["focal"].pk)
    with pytest.raises(CompilingRefused, match="không có phần này"):
        write_passage(row.id, "own-7", "Chữ", actor=lan)


def test_the_second_officer_sees_both_texts_on_the_page_and_loses_nothing(world: World) -> None:
    row, _period = begun(world)
    passage = write_passage(row.id, "causes", "Thiếu vốn 12 tỷ.", actor=person(world, "Minh"))
    client = Client()
    client.force_login(world.users["officer"])
    page = client.get(f"/report/compilations/{row.id}/")
    assert page.status_code == 200
    assert "12: số này do người soạn nhập, không nối với sổ" in page.content.decode()
    write_passage(row.id, "causes", "Thiếu vốn.", actor=person(world, "Minh"), replaces=passage.pk)
    sent = {"section": "causes", "text": "Thiếu vốn và nhân lực.", "replaces": str(passage.pk)}
    # A heading that came second is said again with what happened: nothing that was typed is gone.
    lay_down_section(row.id, "causes", SectionWords("Vì sao"), actor=person(world, "Minh"))
    late = client.post(f"/report/compilations/{row.id}/section/", {"section": "causes", "heading": "Nguyên nhân chính"})
    assert "Minh vừa sửa phần này" in late.content.decode()
    assert "Tiêu đề bạn vừa nhập: “Nguyên nhân chính”" in late.content.decode()
    answer = client.post(f"/report/compilations/{row.id}/passage/", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Minh vừa sửa đoạn này" in shown
    assert '<blockquote class="now">Thiếu vốn.</blockquote>' in shown
    assert "Thiếu vốn và nhân lực.</textarea>" in shown
    now = read(world, row.id).of("causes")[0].id
    assert f'name="replaces" value="{now}"' in shown
    again = client.post(f"/report/compilations/{row.id}/passage/", {**sent, "replaces": str(now)}, follow=True)
    assert again.redirect_chain == [(f"/report/compilations/{row.id}/#section-causes", 302)]
    assert [one.text for one in read(world, row.id).of("causes")] == ["Thiếu vốn và nhân lực."]


def test_a_report_is_begun_in_a_frame_which_is_chosen_again_when_it_is_printed(worlds: tuple[World, World]) -> None:
    world, far = worlds
    own = bring_frame(NewFrame("Khung của văn phòng", office_file(), date(2022, 1, 3)), actor=world.actor)
    ended = bring_frame(NewFrame("Khung cũ", office_file(), date(2022, 1, 3)), actor=world.actor)
    end_frame(ended.pk, date(2022, 6, 1), actor=world.actor)
    theirs = bring_frame(NewFrame("Khung của họ", office_file(), date(2022, 1, 3)), actor=far.actor)
    about = {"report": "progress", "scope": Scope("programme", world.programme.key), "as_of": DAY}
    for strange in (theirs, ended):
        with pytest.raises(NoSuchFrame):
            begin_compilation(NewCompilation(**about, frame_id=strange.pk), on=DAY, actor=world.actor)
    client = Client()
    client.force_login(world.users["officer"])
    page = f"/report/compilations/new/?programme={world.programme.key}"
    offered = client.get(page).content.decode()
    assert [name in offered for name in ("Khung của văn phòng", "Khung cũ", "Khung của họ")] == [True, False, False]
    begun_in = client.post(page, {"as_of": DAY.isoformat(), "frame": str(own.pk)}, follow=True)
    assert "theo khung “Khung của văn phòng”" in begun_in.content.decode()
    (row,) = compilations.compilations(viewer=world.viewer(), known_at=None)
    assert (row.frame_id, row.frame) == (own.pk, "Khung của văn phòng")

    def chosen(frame: str) -> tuple[str, str]:
        shown = client.get(f"/report/?compilation={row.id}{frame}").content.decode()
        label = re.search(r"<b>(Khung của văn phòng[^<]*|thể thức có sẵn)</b>", shown)
        posted = re.search(rf'action="(/report/issue/\?compilation={row.id}[^"]*)"', shown)
        assert label is not None
        assert posted is not None
        return label[1], unescape(posted[1]).partition(f"={row.id}")[2]

    assert chosen("") == ("Khung của văn phòng", "")
    assert chosen("&frame=0") == ("thể thức có sẵn", "&frame=0")
    stands = end_frame(own.pk, date(2022, 6, 1), actor=world.actor)
    assert chosen("") == ("Khung của văn phòng (đến 01/06/2022)", f"&frame={stands.pk}")
