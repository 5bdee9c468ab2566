"""`dondoc office new` and `dondoc account …`: how a real office begins, and who may sign in."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.cli.asked import day_written
from dondoc.cli.office import opened_office, refuse

if TYPE_CHECKING:
    from dondoc.office.access import Actor
    from dondoc.office.models import Office, User

OPERATOR = "Người vận hành máy chủ"

Username = Annotated[str, typer.Argument(metavar="USER", help="Tên đăng nhập.")]
OfficeKey = Annotated[str, typer.Option("--office", metavar="KEY", help="Cơ quan; để trống khi máy chỉ có một.")]
Password = Annotated[
    str,
    typer.Option(
        prompt="Mật khẩu (ít nhất 14 ký tự)",
        confirmation_prompt="Nhập lại mật khẩu",
        hide_input=True,
        envvar="DONDOC_NEW_PASSWORD",
        help="Để trống thì được hỏi; không ghi trên dòng lệnh.",
    ),
]


class Hierarchy(StrEnum):
    """In which hierarchy the office stands."""

    party = "party"
    state = "state"


class Role(StrEnum):
    """What an account comes for."""

    administrator = "administrator"
    officer = "officer"
    focal = "focal"
    leader = "leader"
    inspection = "inspection"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    office = typer.Typer(help="Cơ quan dùng sổ theo dõi.", no_args_is_help=True)
    office.command("new")(new)
    office.command("reform")(reform)
    account = typer.Typer(help="Tài khoản đăng nhập.", no_args_is_help=True)
    account.command("add")(add)
    account.command("password")(password)
    account.command("disable")(disable)
    app.add_typer(office, name="office")
    app.add_typer(account, name="account")


def new(
    key: Annotated[str, typer.Argument(metavar="KEY", help="Khóa ngắn, chữ thường không dấu: vptu-mau.")],
    *,
    name: Annotated[str, typer.Option(help="Tên cơ quan: Văn phòng Tỉnh ủy …")],
    body: Annotated[str, typer.Option(help="Cơ quan ban hành văn bản: Tỉnh ủy …")],
    place: Annotated[str, typer.Option(help="Địa danh ghi trên văn bản.")],
    hierarchy: Annotated[Hierarchy, typer.Option(help="Hệ thống: Đảng (party) hay Nhà nước (state).")],
    administrator: Annotated[str, typer.Option(metavar="USER", help="Tên đăng nhập của quản trị.")] = "quantri",
    secret: Password,
) -> None:
    """Lập cơ quan, quy trình ban đầu và tài khoản quản trị đầu tiên."""
    with opened_office(migrate=True):
        from django.utils import timezone

        from dondoc.office.access import Refused
        from dondoc.office.actions.definitions import lay_down_standard
        from dondoc.office.actions.offices import found_office
        from dondoc.office.actions.people import add_account
        from dondoc.office.queries import people

        if any(office.key == key for office in people.offices()):
            refuse(f"Cơ quan “{key}” đã có. Hãy chọn khóa khác.")
        today = timezone.localdate()
        try:
            office = found_office(
                key=key,
                name=name,
                place=place,
                hierarchy=hierarchy.value,
                body_name=body,
                body_kind=f"{hierarchy.value}_body",
                on=today,
                actor_name=OPERATOR,
            )
            actor = _operator(office)
            lay_down_standard(actor=actor)
            add_account(
                username=administrator,
                password=secret,
                full_name="Quản trị",
                role="administrator",
                agency=None,
                on=today,
                actor=actor,
            )
        except Refused as refusal:
            refuse(str(refusal))
        typer.echo(f"Đã lập {name}. Đăng nhập bằng tài khoản {administrator}.")


def reform(
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Ghi các dòng đã chắc; không có thì chỉ liệt kê.")] = False,
    office: OfficeKey = "",
) -> None:
    """Liệt kê (và ghi) việc sắp xếp năm 2025 của các đơn vị trong sổ."""
    with opened_office():
        from dondoc.office.access import Refused
        from dondoc.office.actions.agencies import ReformStep, apply_reform
        from dondoc.office.queries import agencies

        actor = _operator(_office(office))
        rows = agencies.reform(viewer=actor.viewer, as_of=_today(), known_at=None)
        for row in rows:
            sure = "chắc" if row.is_sure else "cần kiểm tra ngày" if row.surety == "day" else "cần kiểm tra"
            state = f"đã ghi: {row.recorded}" if row.recorded else sure
            typer.echo(
                f"{row.on:%d/%m/%Y}  {row.name} → {row.follows or 'không có đơn vị kế tục'}"
                f"  [{row.number or 'chưa rõ số văn bản'}; {state}]"
            )
        if not rows:
            typer.echo("Không đơn vị nào trong sổ thay đổi trong đợt sắp xếp năm 2025 mà chúng tôi biết.")
        if apply:
            steps = [ReformStep(row.agency_id, row.on) for row in rows if row.is_sure and not row.recorded]
            try:
                apply_reform(steps, actor=actor)
            except Refused as refusal:
                refuse(str(refusal))
            typer.echo(f"Đã ghi {len(steps)} dòng. Các dòng cần kiểm tra: ghi ở trang Đơn vị, Sắp xếp năm 2025.")


def add(
    username: Username,
    *,
    full_name: Annotated[str, typer.Option("--name", help="Họ và tên.")],
    role: Annotated[Role, typer.Option(help="Vai trò.")],
    agency: Annotated[str, typer.Option(help="Tên đơn vị, với cán bộ đầu mối.")] = "",
    office: OfficeKey = "",
    secret: Password,
) -> None:
    """Thêm tài khoản, hoặc thêm vai trò cho tài khoản đã có."""
    with opened_office():
        from dondoc.office.access import Refused
        from dondoc.office.actions.people import add_account
        from dondoc.office.models import Agency
        from dondoc.office.models.people import Role as Called
        from dondoc.office.queries import agencies

        found, today = _office(office), _today()
        named = agencies.named(agency, office_id=found.pk, as_of=today) if agency else None
        if agency and named is None:
            refuse(f"Chưa có đơn vị “{agency}” trong sổ. Hãy viết như trong danh sách đơn vị.")
        try:
            add_account(
                username=username,
                password=secret,
                full_name=full_name,
                role=role.value,
                agency=Agency(pk=named) if named else None,
                on=today,
                actor=_operator(found),
            )
        except Refused as refusal:
            refuse(str(refusal))
        typer.echo(f"Đã thêm {username} ({Called(role).label.lower()}).")


def password(username: Username, *, office: OfficeKey = "", secret: Password) -> None:
    """Đặt lại mật khẩu của một tài khoản."""
    with opened_office():
        from dondoc.office.access import Refused
        from dondoc.office.actions.people import set_password

        try:
            set_password(_account(username), secret, actor=_operator(_office(office)))
        except Refused as refusal:
            refuse(str(refusal))
        typer.echo(f"Đã đặt lại mật khẩu của {username}.")


def disable(
    username: Username,
    *,
    since: Annotated[str, typer.Option("--on", metavar="DAY", help="Từ ngày; để trống là hôm nay.")] = "",
    office: OfficeKey = "",
) -> None:
    """Chấm dứt mọi vai trò của một tài khoản trong cơ quan."""
    with opened_office():
        from dondoc.office.access import Refused
        from dondoc.office.actions.people import disable_account

        day = day_written(since) if since else _today()
        try:
            ended = disable_account(_account(username), on=day, actor=_operator(_office(office)))
        except Refused as refusal:
            refuse(str(refusal))
        typer.echo(f"Đã chấm dứt {ended} vai trò của {username}.")


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _office(key: str) -> Office:
    from dondoc.office.queries import people

    found = [office for office in people.offices() if key in {"", office.key}]
    if len(found) != 1:
        refuse("Hãy nêu đúng một cơ quan bằng --office KEY; khóa được chọn khi lập cơ quan.")
    return found[0]


def _account(username: str) -> User:
    from dondoc.office.queries import people

    return people.account(username) or refuse(f"Không có tài khoản “{username}”.")


def _operator(office: Office) -> Actor:
    """Act as whoever runs the machine: the log says so."""
    from dondoc.office.access import Actor, Viewer

    return Actor(Viewer(user_id=None, office_id=office.pk, role="administrator"), OPERATOR)
