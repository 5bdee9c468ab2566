"""Two small offices, built through the actions, so that a query that forgets its viewer would show the other's rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
import pytest_django.fixtures

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.agencies import NewAgency, add_agency
from dondoc.office.actions.definitions import NewGroup, NewMove, NewState, define, lay_down_workflow
from dondoc.office.actions.intake import Incoming, take_in
from dondoc.office.actions.offices import found_office
from dondoc.office.actions.people import add_account
from dondoc.office.actions.programmes import lay_down_programme
from dondoc.office.actions.tasks import NewDuty, NewTask, add_tasks
from dondoc.office.models import Agency, Document, Office, Programme, Task, User, Workflow
from office.kept_rows import Kept, keep

START = date(2022, 1, 3)
STATES = [
    NewState("assigned", "đã giao", "waiting", 0),
    NewState("in_progress", "đang thực hiện", "active", 10),
    NewState("reported", "đã báo cáo hoàn thành", "active", 20, "assigner"),
    NewState("done", "đã hoàn thành", "done", 30),
    NewState("dropped", "đã thu hồi", "dropped", 40),
]
MOVES = [
    NewMove("assigned", "in_progress"),
    NewMove("assigned", "done"),
    NewMove("in_progress", "reported"),
    NewMove("in_progress", "done"),
    NewMove("reported", "done"),
    NewMove("reported", "in_progress"),
    NewMove("assigned", "dropped"),
]
GROUPS = [
    NewGroup("waiting", "chưa thực hiện", "waiting", ("assigned",)),
    NewGroup("active", "đang thực hiện", "active", ("in_progress", "reported")),
    NewGroup("done", "đã hoàn thành", "done", ("done",)),
    NewGroup("dropped", "đã thu hồi", "dropped", ("dropped",)),
]
TEXT = """THÀNH ỦY {place}
*
Số 7-NQ/TU

{place}, ngày 05 tháng 01 năm 2022

NGHỊ QUYẾT
về phát triển hạ tầng

1. Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập danh mục công trình, báo cáo trước ngày 30/6/2022.
"""


@dataclass(frozen=True)
class World:
    """One office with two agencies, a workflow, a list of tasks and an account for each role."""

    office: Office
    actor: Actor
    finance: Agency
    building: Agency
    workflow: Workflow
    resolution: Document
    programme: Programme
    tasks: list[Task]
    users: dict[str, User] = field(default_factory=dict)

    def viewer(self, role: str = "officer", *agencies: Agency) -> Viewer:
        """The sight of somebody in a role, for the agencies given."""
        return Viewer(None, self.office.pk, role, frozenset(a.pk for a in agencies))


def small_office(key: str, place: str, *, tasks: int = 3) -> World:
    """Build an office with a list of tasks led by Sở Tài chính, all assigned on the first day."""
    office = found_office(
        key=key,
        name=f"Văn phòng Thành ủy {place}",
        place=place,
        hierarchy="party",
        body_name=f"Thành ủy {place}",
        body_kind="party_committee",
        on=START,
        actor_name="hệ thống",
    )
    actor = Actor(Viewer(None, office.pk, "administrator"), "Nguyễn Văn Thử")
    finance = add_agency(NewAgency("Sở Tài chính", "department", "province"), on=START, actor=actor)
    building = add_agency(NewAgency("Sở Xây dựng", "department", "province"), on=START, actor=actor)
    workflow = lay_down_workflow(
        key="standard", name="Quy trình chung", states=STATES, moves=MOVES, on=START, actor=actor
    )
    define(
        workflow,
        programme=None,
        name="Định nghĩa chung",
        sentence="Nhiệm vụ hoàn thành khi sản phẩm đã ban hành.",
        groups=GROUPS,
        basis=None,
        on=START,
        actor=actor,
    )
    taken = take_in(Incoming(TEXT.format(place=place).encode(), f"{key}.txt", START), actor=actor)
    resolution = Document.objects.get(pk=taken.document_id)
    programme = lay_down_programme(
        key=f"{key}-list",
        title=f"Danh mục nhiệm vụ của {place}",
        item_noun="nhiệm vụ",
        resolution=resolution,
        workflow=workflow,
        order=1,
        on=START,
        actor=actor,
    )
    made = add_tasks(
        [
            NewTask(
                f"Nhiệm vụ số {n} của {place}",
                (NewDuty(finance),),
                workflow,
                programmes=((programme, str(n)),),
            )
            for n in range(1, tasks + 1)
        ],
        on=START,
        actor=actor,
    )
    users = {
        role: add_account(
            username=f"{key}-{role}",
            password="mat khau du dai 2022",
            full_name=f"{role} {place}",
            role=role,
            agency=finance if role == "focal" else None,
            on=START,
            actor=actor,
        )
        for role in ("administrator", "officer", "focal", "leader", "inspection")
    }
    return World(office, actor, finance, building, workflow, resolution, programme, made, users)


@pytest.fixture(autouse=True)
def quick_passwords(settings: pytest_django.fixtures.SettingsWrapper) -> None:
    """Hash passwords quickly: how slowly the product does it is Django's to prove."""
    # The others stay: the sample offices were built before a test begins.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


def two_offices() -> tuple[World, World]:
    """Build two offices side by side."""
    return small_office("gan", "Cần Thơ"), small_office("xa", "Bắc Kạn", tasks=5)


@pytest.fixture(scope="session")
def kept_worlds() -> list[Kept[tuple[World, World]]]:
    """Where the rows of the two offices are kept once a test of this process has built them."""
    return []


@pytest.fixture
def worlds(
    request: pytest.FixtureRequest, db: None, kept_worlds: list[Kept[tuple[World, World]]]
) -> tuple[World, World]:
    """Two offices side by side."""
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        return two_offices()  # what follows a commit happens here, so they must really be built
    if kept_worlds:
        return kept_worlds[0].put_in()
    kept_worlds.append(keep(two_offices))
    return kept_worlds[0].made


@pytest.fixture
def world(worlds: tuple[World, World]) -> World:
    """The first of the two offices; the second is there too."""
    return worlds[0]
