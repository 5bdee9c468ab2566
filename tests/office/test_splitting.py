"""Splitting a task, taking one off a list, ending a list: nothing is owed twice, the day before looks as it did."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from dondoc.office.actions.definitions import lay_down_standard
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.history import writing
from dondoc.office.actions.programmes import (
    ProgrammeRefused,
    end_list,
    lay_down_programme,
    put_on_programme,
    rename_list,
    take_off_programme,
)
from dondoc.office.actions.tasks import NewDuty, NewTask, TaskRefused, add_task, split_task
from dondoc.office.models import Duty, LogEntry, ProgrammeTask
from dondoc.office.queries import duties, happenings, history, list_names, programmes
from dondoc.office.queries.comparisons import Compared, Moment, compare
from dondoc.office.queries.list_names import NoSuchList
from dondoc.office.queries.programmes import NoSuchPlace, TakenOff
from dondoc.office.reports.movements import line_words
from dondoc.rules.text import vi_date
from office.asking import signed_in, words
from office.conftest import START, World

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2022, 3, 1), date(2022, 2, 28)


def parts(world: World) -> list[NewTask]:
    return [NewTask(f"Phần {n}", (NewDuty(world.finance),), world.workflow) for n in (1, 2)]


def open_titles(world: World, on: date) -> list[str]:
    rows = duties.listed("open", viewer=world.viewer(), as_of=on, known_at=None)
    return sorted(row.title for row in rows)


def numbers(world: World, on: date) -> list[str]:
    rows = programmes.items(world.programme.key, viewer=world.viewer(), as_of=on, known_at=None)
    return [row.number for row in rows]


def test_only_the_parts_are_owed_from_the_day_of_the_splitting(world: World) -> None:
    titles = [task.title for task in world.tasks]
    split_task(world.tasks[0], parts(world), on=DAY, actor=world.actor, note="chia theo giai đoạn")
    assert open_titles(world, BEFORE) == sorted(titles)
    assert open_titles(world, DAY) == sorted([*titles[1:], "Phần 1", "Phần 2"])
    duty = Duty.objects.get(task=world.tasks[0])
    assert duties.duty(duty.pk, viewer=world.viewer(), as_of=DAY, known_at=None).state == "dropped"
    told = happenings.history(duty.pk, viewer=world.viewer(), as_of=DAY, known_at=None)
    assert [(one.kind, one.note) for one in told[:2]] == [("list_off", ""), ("state", "chia theo giai đoạn")]


def test_what_was_done_before_the_splitting_stays_done(world: World) -> None:
    duty = Duty.objects.get(task=world.tasks[0])
    move_duty(Move(duty.pk, "done", BEFORE), actor=world.actor)
    split_task(world.tasks[0], parts(world), on=DAY, actor=world.actor)
    assert duties.duty(duty.pk, viewer=world.viewer(), as_of=DAY, known_at=None).state == "done"
    # Split on the day on which it came on the list it leaves that too, on that day and by no mistake.
    split_task(world.tasks[1], parts(world), on=START, actor=world.actor)
    told = happenings.history(
        Duty.objects.get(task=world.tasks[1]).pk, viewer=world.viewer(), as_of=timezone.localdate(), known_at=None
    )
    left = f"Đưa ra khỏi danh mục “{world.programme.title}”"
    assert [(one.on, one.title) for one in told if one.kind == "list_off"] == [(START, left)]


def test_the_parts_of_a_task_without_a_number_have_none(world: World) -> None:
    new = NewTask("Việc chưa đánh số", (NewDuty(world.finance),), world.workflow)
    task = add_task(new, on=START, actor=world.actor)
    put_on_programme(world.programme, [(task, "")], on=START, actor=world.actor)
    split_task(task, parts(world), on=DAY, actor=world.actor)
    assert numbers(world, DAY) == ["1", "2", "3", "", ""]


def test_a_task_is_split_once_and_not_ahead_of_time_or_behind_its_last_step(world: World) -> None:
    with pytest.raises(TaskRefused):
        split_task(world.tasks[0], parts(world), on=date(2999, 1, 1), actor=world.actor)
    move_duty(Move(Duty.objects.get(task=world.tasks[0]).pk, "in_progress", date(2022, 4, 1)), actor=world.actor)
    with pytest.raises(TaskRefused):
        split_task(world.tasks[0], parts(world), on=DAY, actor=world.actor)
    split_task(world.tasks[1], parts(world), on=DAY, actor=world.actor)
    with pytest.raises(TaskRefused):
        split_task(world.tasks[1], parts(world), on=DAY, actor=world.actor)
    assert ProgrammeTask.objects.filter(replaces__isnull=False).count() == 1


def place_of(world: World, nth: int) -> int:
    return ProgrammeTask.objects.get(task=world.tasks[nth], replaced_by=None).pk


def told_off(world: World, on: date, known_at: datetime | None = None) -> list[tuple[str, date, date, bool]]:
    rows = programmes.taken_off(viewer=world.viewer(), as_of=on, known_at=known_at, programme=world.programme.key)
    return [(row.reason, row.since, row.until, row.is_mistake) for row in rows]


def test_a_task_comes_off_a_list_from_a_day_on_or_as_if_it_had_never_stood_there(world: World) -> None:
    before = LogEntry.objects.latest("seq").recorded_at
    take_off_programme([place_of(world, 0)], on=DAY, reason=" chuyển sang đề án khác ", actor=world.actor)
    take_off_programme([place_of(world, 1)], on=None, reason="nhầm danh mục", actor=world.actor)
    today = timezone.localdate()
    # The others keep their numbers; what never belonged there stood there on no day, and what was known stays so.
    assert (numbers(world, BEFORE), numbers(world, DAY)) == (["1", "3"], ["3"])
    moment = {"viewer": world.viewer(), "as_of": DAY, "known_at": before}
    assert [row.number for row in programmes.items(world.programme.key, **moment)] == ["1", "2", "3"]
    assert told_off(world, DAY) == [
        ("chuyển sang đề án khác", START, DAY, False),
        ("nhầm danh mục", START, today, True),
    ]
    assert (told_off(world, BEFORE), told_off(world, DAY, before)) == ([("nhầm danh mục", START, today, True)], [])
    of_one = programmes.taken_off(viewer=world.viewer(), as_of=DAY, known_at=None, task=world.tasks[0].pk)
    late = (today - DAY).days
    assert of_one == [
        TakenOff(
            title=world.programme.title,
            url=f"/?programme={world.programme.key}",
            number="1",
            since=START,
            until=DAY,
            reason="chuyển sang đề án khác",
            recorded_by="Nguyễn Văn Thử",
            late_end=late,
            is_mistake=False,
        )
    ]
    assert programmes.taken_off(viewer=world.viewer("focal"), as_of=DAY, known_at=None, task=world.tasks[0].pk) == []
    # The timelines of their duties tell both, with the day and the lateness of each; the reason is the office's own.
    told = {}
    for nth, on, role in ((0, DAY, "officer"), (0, DAY, "focal"), (1, today, "officer"), (1, BEFORE, "officer")):
        duty = Duty.objects.get(task=world.tasks[nth])
        story = happenings.history(duty.pk, viewer=world.viewer(role), as_of=on, known_at=None)
        told[nth, on, role] = [(row.on, row.note, row.late_entry) for row in story if row.kind == "list_off"]
    assert told == {
        (0, DAY, "officer"): [(DAY, "chuyển sang đề án khác", late)],
        (0, DAY, "focal"): [(DAY, "", late)],
        (1, today, "officer"): [(today, "nhầm danh mục", 0)],
        (1, BEFORE, "officer"): [],
    }
    assert story[-1].details[-1] == f"Đưa vào danh mục “{world.programme.title}”, số 2"
    # The bridge names both, and adds up.
    found = compare(Compared(world.programme.key), Moment(BEFORE, before), Moment(DAY), viewer=world.viewer())
    assert (found.before_all, found.after_all) == (3, 1)
    assert [(line_words(line), [task.id for task in line.tasks]) for line in found.lines] == [
        ("vì ghi nhận sau: không có trong danh mục (trước ghi là “chưa thực hiện”)", [world.tasks[1].pk]),
        ("đưa ra khỏi danh mục (trước là “chưa thực hiện”)", [world.tasks[0].pk]),
    ]
    assert LogEntry.objects.filter(action="take_off_programme").count() == 2
    assert list(history.audit(world.office)) == []


def test_what_cannot_come_off_a_list_is_said_and_nothing_is_recorded(worlds: tuple[World, World]) -> None:
    near, far = worlds
    gone = place_of(near, 2)
    take_off_programme([gone], on=DAY, reason="xong đợt", actor=near.actor)
    ended, stands = place_of(near, 2), place_of(near, 0)
    count = LogEntry.objects.count()
    for places, on, reason, why in (
        ([stands], DAY, "  ", "lý do"),
        ([stands], date(2999, 1, 1), "x", "chưa đến"),
        ([stands], START, "x", f"từ ngày {vi_date(START)}.*đưa vào nhầm"),
        ([stands], BEFORE.replace(year=2021), "x", f"từ ngày {vi_date(START)}"),
        ([stands, ended], DAY, "x", f"đã ra khỏi danh mục .* từ ngày {vi_date(DAY)}"),
    ):
        with pytest.raises(ProgrammeRefused, match=why):
            take_off_programme(places, on=on, reason=reason, actor=near.actor)
    for places in ([gone], [stands, place_of(far, 0)], []):
        with pytest.raises(NoSuchPlace):
            take_off_programme(places, on=DAY, reason="x", actor=near.actor)
    assert LogEntry.objects.count() == count
    assert (numbers(near, DAY), numbers(far, DAY)) == (["1", "2"], list("12345"))


def test_the_page_of_a_task_and_many_at_once_take_off_what_was_put_there(world: World) -> None:
    client, today = signed_in(world, "officer"), timezone.localdate()
    address = f"/places/{place_of(world, 0)}/end/"
    shown = client.get(f"/tasks/{world.tasks[0].pk}/").content.decode()
    assert address in shown
    assert address not in signed_in(world, "focal").get(f"/tasks/{world.tasks[0].pk}/").content.decode()
    asked = {"how": "from", "off_on": "", "reason": "thôi theo dõi"}
    assert client.get(address).context["form"].initial == {"how": "from", "off_on": today}
    assert client.post(address, asked).context["form"].errors.keys() == {"off_on"}
    assert client.post(address, {**asked, "off_on": "2022-03-01"})["Location"] == f"/tasks/{world.tasks[0].pk}/"
    story = words(client.get(f"/tasks/{world.tasks[0].pk}/"))
    assert "thôi theo dõi" in story
    assert f"thuộc danh mục từ {vi_date(START)}, ra từ {vi_date(DAY)}" in story
    assert "thôi theo dõi" in words(client.get(f"/?programme={world.programme.key}"))
    first, others = Duty.objects.get(task=world.tasks[0]), [Duty.objects.get(task=task) for task in world.tasks[1:]]
    asked = {"programme": world.programme.key, "how": "mistake", "reason": "đưa nhầm cả loạt"}
    ticked = ",".join(f"{duty.pk}:assigned" for duty in others)
    refused = client.post("/tasks/bulk/off-programme/", {**asked, "duties": f"{first.pk}:assigned,{ticked}"})
    assert [row.duty.id for row, _why in refused.context["refused"]] == [first.pk]
    early = {**asked, "how": "from", "off_on": START.isoformat(), "duties": ticked}
    stay = client.post("/tasks/bulk/off-programme/", early).context["refused"]
    assert [why.startswith(f"“{row.duty.title}” thuộc danh mục") for row, why in stay] == [True, True]
    assert numbers(world, today) == ["2", "3"]
    form = client.get("/tasks/bulk/off-programme/", {"duty": [duty.pk for duty in others]}).context["form"]
    assert form.fields["programme"].choices == [(world.programme.key, world.programme.title)]
    back = f"/tasks/?programme={world.programme.key}"
    begun = client.get("/tasks/bulk/off-programme/", {"duty": others[0].pk, "back": back}).context["form"].initial
    assert begun == {"on": today, "off_on": today, "programme": world.programme.key}
    assert client.post("/tasks/bulk/off-programme/", {**asked, "duties": ticked}).status_code == 302
    assert (numbers(world, BEFORE), numbers(world, today)) == (["1"], [])
    [new] = put_on_programme(world.programme, [(world.tasks[0], "9")], on=today, actor=world.actor)
    # On the day on which it came there it comes off as a mistake only: that is what the form begins with.
    assert client.get(f"/places/{new.pk}/end/").context["form"].initial["how"] == "mistake"
    nothing_left = client.get("/tasks/bulk/off-programme/", {"duty": [duty.pk for duty in others]})
    assert (nothing_left.status_code, "không thuộc danh mục nào" in words(nothing_left)) == (403, True)


def test_a_task_that_goes_by_other_steps_than_its_list_is_named_and_can_be_taken_off(world: World) -> None:
    flow = lay_down_standard(actor=world.actor)
    odd = add_task(NewTask("Dự án lạc", (NewDuty(world.finance),), flow), on=timezone.localdate(), actor=world.actor)
    # It is refused now; an older version let it in.
    with writing(world.actor) as w:
        place = {"programme": world.programme, "task": odd, "number": "9", "effective_on": START}
        w.record("put_on_programme", [w.new(ProgrammeTask, **place)])
    move_duty(Move(odd.duties.get().pk, "acknowledged", timezone.localdate()), actor=world.actor)
    client, key = signed_in(world, "officer"), world.programme.key
    board = client.get(f"/?programme={key}")
    assert [row.title for row in board.context["board"]["programmes"][0]["outside"]] == ["Dự án lạc"]
    assert "đi theo các bước khác với danh mục này: Dự án lạc" in words(board)
    tally = programmes.tallies(viewer=world.viewer(), as_of=timezone.localdate(), known_at=None)[key]
    assert (tally.total, sum(tally.by_group.values())) == (4, 3)
    found = compare(Compared(key), Moment(START), Moment(timezone.localdate()), viewer=world.viewer())
    assert [(line_words(line), set(line.changes), line.changes_all) for line in found.lines] == [
        ("mới đưa vào danh mục: “đi theo các bước khác với danh mục”", {0}, 1)
    ]
    assert (found.after_all, sum(found.after)) == (4, 3)
    for address in ("/", "/?office=all", f"/pictures/?programme={key}", f"/report/?programme={key}"):
        assert client.get(address).status_code == 200, address
    for address in (f"/compare/?programme={key}&from=2022-01-04", f"/tasks/?programme={key}", "/definitions/"):
        assert client.get(address).status_code == 200, address
    take_off_programme([odd.programmes.get().pk], on=None, reason="đi theo bước khác", actor=world.actor)
    assert "bước khác với danh mục" not in words(client.get(f"/?programme={key}"))


def called_on(world: World, on: date, known_at: datetime | None = None) -> list[str]:
    rows = programmes.programmes(viewer=world.viewer(), as_of=on, known_at=known_at)
    return [row.title for row in rows]


def test_a_list_is_called_otherwise_from_a_day_on_or_was_written_wrong(worlds: tuple[World, World]) -> None:
    world, far = worlds
    key, first, before = world.programme.pk, world.programme.title, LogEntry.objects.latest("seq").recorded_at
    rename_list(key, title=" Danh  mục đúng ", on=None, actor=world.actor)
    rename_list(key, title="Danh mục mới", on=DAY, actor=world.actor)
    rename_list(key, title="Danh mục đã đổi", on=None, actor=world.actor)  # the later name was wrong, not the first
    assert (called_on(world, START), called_on(world, DAY)) == (["Danh mục đúng"], ["Danh mục đã đổi"])
    assert (called_on(world, DAY, before), called_on(far, DAY)) == ([first], [far.programme.title])
    moment = {"viewer": world.viewer(), "as_of": DAY, "known_at": None}
    assert [row.title for row in programmes.lists_of(world.tasks[0].pk, **moment)] == ["Danh mục đã đổi"]
    duty = Duty.objects.get(task=world.tasks[0])
    assert happenings.history(duty.pk, **moment)[-1].details[-1] == "Đưa vào danh mục “Danh mục đúng”, số 1"
    told = list_names.names(world.resolution.pk, **moment)
    assert [(one.title, one.first, one.since, one.is_correction) for one in told] == [
        ("Danh mục đúng", first, START, True),
        ("Danh mục đã đổi", first, DAY, False),
    ]
    assert [one.late_entry for one in told] == [0, (timezone.localdate() - DAY).days]
    focal = {**moment, "viewer": world.viewer("focal")}
    assert list_names.names(world.resolution.pk, **focal) == []
    count = LogEntry.objects.count()
    for title, on, why in (
        (" ", None, "cần có tên"),
        ("X", date(2999, 1, 1), "Ngày đó chưa đến"),
        ("X", date(2021, 12, 31), "từ ngày"),
        ("Danh mục đã đổi", None, "đã có tên này"),
    ):
        with pytest.raises(ProgrammeRefused, match=why):
            rename_list(key, title=title, on=on, actor=world.actor)
    # What was shown under the former name is asked for and found under the new one, also in the columns of a list.
    client = signed_in(world, "officer")
    assert "Danh mục đã đổi" in words(client.get("/tasks/?columns=title,programmes&order=programmes"))
    page = words(client.get(f"/documents/{world.resolution.pk}/"))
    assert f"ban đầu ghi là “{first}”" in page
    sent = client.post(f"/lists/{key}/name/", {"title": "Danh mục cuối", "how": "from", "on": "2022-03-02"})
    assert (sent["Location"], called_on(world, DAY)) == (f"/documents/{world.resolution.pk}/", ["Danh mục đã đổi"])
    assert called_on(world, date(2022, 3, 2)) == ["Danh mục cuối"]
    assert client.post(f"/lists/{key}/name/", {"title": "Y", "how": "from", "on": ""}).status_code == 422
    # A refusal names the list as it is called now.
    with pytest.raises(ProgrammeRefused, match="thuộc danh mục “Danh mục cuối”"):
        take_off_programme([place_of(world, 0)], on=START, reason="x", actor=world.actor)
    assert LogEntry.objects.count() == count + 1


def test_a_list_ends_from_a_day_on_or_is_withdrawn_where_no_task_ever_stood_on_it(worlds: tuple[World, World]) -> None:
    world, far = worlds
    client, today, document = signed_in(world, "officer"), timezone.localdate(), f"/documents/{world.resolution.pk}/"
    new = {"key": "nham", "title": "Danh mục nhầm", "item_noun": "việc", "order": 2, "workflow": world.workflow}
    wrong = lay_down_programme(**new, resolution=world.resolution, on=START, actor=world.actor)
    [place] = put_on_programme(wrong, [(world.tasks[0], "1")], on=START, actor=world.actor)
    here, address = f"/lists/{wrong.pk}/end/", f"/lists/{world.programme.pk}/end/"
    assert address in client.get(document).content.decode()
    assert address not in client.get(f"{document}?as_of=2022-03-01").content.decode()
    refused = client.post(here, {"how": "mistake", "reason": "nhầm"})
    assert (refused.status_code, "Hãy đưa các nhiệm vụ ra trước" in words(refused)) == (422, True)
    assert "/tasks/?programme=nham" in refused.content.decode()
    take_off_programme([place.pk], on=None, reason="nhầm", actor=world.actor)
    before = LogEntry.objects.latest("seq").recorded_at
    assert client.get(here).context["form"].initial["how"] == "mistake"
    assert client.post(here, {"how": "mistake", "reason": " lập trùng "})["Location"] == document
    assert called_on(world, START) == called_on(world, today) == [world.programme.title]
    assert called_on(world, START, before) == [world.programme.title, "Danh mục nhầm"]
    assert client.get(here).status_code == 403
    # Its name is free again.
    assert not programmes.named("Danh mục nhầm", office_id=world.office.pk)

    count = LogEntry.objects.count()
    for on, reason, why in (
        (DAY, " ", "Hãy ghi lý do"),
        (date(2999, 1, 1), "x", "Ngày đó chưa đến"),
        (START, "x", "Hãy chọn ngày sau"),
        (None, "x", "Hãy đưa các nhiệm vụ ra trước"),
    ):
        with pytest.raises(ProgrammeRefused, match=why):
            end_list(world.programme.pk, on=on, reason=reason, actor=world.actor)
    take_off_programme([place_of(world, 2)], on=DAY, reason="xong sớm", actor=world.actor)
    with pytest.raises(ProgrammeRefused, match="ra khỏi danh mục"):
        end_list(world.programme.pk, on=BEFORE, reason="x", actor=world.actor)
    assert LogEntry.objects.count() == count + 1
    later = date(2022, 3, 8)
    assert client.post(address, {"how": "from", "off_on": "2022-03-08", "reason": "hết giai đoạn"}).status_code == 302
    assert (called_on(world, DAY), called_on(world, later)) == ([world.programme.title], [])
    assert (numbers(world, DAY), called_on(far, later)) == (["1", "2"], [far.programme.title])
    moment = {"viewer": world.viewer(), "as_of": later, "known_at": None}
    assert [programmes.lists_of(task.pk, **moment) for task in world.tasks] == [[], [], []]
    assert [
        (one.title, one.until, one.reason, one.is_mistake) for one in list_names.ended(world.resolution.pk, **moment)
    ] == [
        (world.programme.title, later, "hết giai đoạn", False),
        ("Danh mục nhầm", today, "lập trùng", True),
    ]
    assert list_names.ended(world.resolution.pk, **{**moment, "viewer": world.viewer("focal")}) == []
    assert open_titles(world, later) == sorted(task.title for task in world.tasks)
    with pytest.raises(ProgrammeRefused, match="đã kết thúc"):
        put_on_programme(world.programme, [(world.tasks[2], "9")], on=DAY, actor=world.actor)
    with pytest.raises(NoSuchList):
        rename_list(world.programme.pk, title="Tên khác", on=None, actor=world.actor)
    # Each page that looked at the list still answers, on the day and before.
    for page in (
        "/",
        f"/?programme={world.programme.key}",
        "/pictures/",
        "/report/",
        "/definitions/",
        "/tasks/",
        document,
    ):
        for day in ("", "as_of=2022-03-01"):
            status = client.get(page + ("&" if "?" in page else "?") + day).status_code
            assert status in ({200, 404} if "programme=" in page and not day else {200}), (page, day, status)
    assert "hết giai đoạn" in words(client.get(document))
    assert list(history.audit(world.office)) == []
