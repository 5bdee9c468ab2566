"""`dondoc ingest` and `dondoc watch`: documents put into the register from files and folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.asked import asked_for, day_written
from dondoc.cli.incoming import Intake, files_of, named
from dondoc.cli.office import opened_office, refuse
from dondoc.cli.server import NICE
from dondoc.cli.watching import PAUSE, watch_folder

User = Annotated[str, typer.Option("--as", metavar="USER", help="Tài khoản của người đưa văn bản vào.")]
OfficeKey = Annotated[
    str, typer.Option("--office", metavar="KEY", help="Mã của cơ quan, nếu tài khoản có vai trò ở nhiều cơ quan.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("ingest")(ingest)
    app.command("watch")(watch)


def ingest(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE|DIR...", help="Các tệp văn bản hoặc thư mục.", exists=True)
    ],
    *,
    user: User,
    office: OfficeKey = "",
    received: Annotated[
        str,
        typer.Option("--received-on", "--received", metavar="DAY", help="Ngày đến (2024-06-19); để trống là hôm nay."),
    ] = "",
) -> None:
    """Đưa văn bản (cả thư mục, kể cả thư mục con) vào sổ rồi đọc ngay, nói rõ từng tệp.

    Bị dừng giữa chừng thì chạy lại đúng lệnh đó: tệp đã nhận không phải đọc lại. Mã thoát là 1 nếu có tệp bị từ chối.
    """
    found = files_of(files)
    if not found:
        refuse("Không có tệp nào trong thư mục này.")
    os.nice(NICE)
    with opened_office():
        intake = _intake(user, office, received)
        code = intake.take_all(found, name=named(files))
    raise typer.Exit(code)


def watch(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục được theo dõi.", exists=True, file_okay=False)],
    *,
    user: User,
    office: OfficeKey = "",
    pause: Annotated[float, typer.Option("--every", metavar="SECONDS", help="Cứ bao lâu xem một lần.", min=0.2)] = (
        PAUSE
    ),
    once: Annotated[bool, typer.Option("--once", help="Nhận những tệp đang có rồi thôi.")] = False,
) -> None:
    """Theo dõi một thư mục: tệp mới được đưa vào sổ, rồi chuyển sang "đã nhận" hoặc "từ chối"; dừng bằng Ctrl-C.

    Tệp bị từ chối có kèm một tệp .txt nói vì sao. Tệp mang dấu độ mật thì để nguyên tại chỗ, không sao chép, không
    chuyển đi, không ghi tên: người phụ trách phải tự đưa ra khỏi máy.
    """
    os.nice(NICE)
    with opened_office():
        watch_folder(folder, _intake(user, office, ""), pause=pause, once=once)


def _intake(user: str, office: str, received: str) -> Intake:
    """Say as whom, for which office and as received on which day files are put in."""
    from dondoc.office.access import Actor, Refused

    try:
        asked = asked_for("", "", user)
    except Refused as refusal:
        refuse(str(refusal))
    asked = [one for one in asked if one.office == office] if office else asked
    if not asked:
        at = f"ở cơ quan “{office}”" if office else "ở cơ quan nào"
        refuse(f"Tài khoản “{user}” không có vai trò {at}.")
    if len(asked) > 1:
        keys = ", ".join(one.office for one in asked)
        refuse(f"Tài khoản “{user}” có vai trò ở nhiều cơ quan ({keys}): hãy chọn bằng --office.")
    day = day_written(received) if received else None
    return Intake(Actor(asked[0].viewer, user), day)
