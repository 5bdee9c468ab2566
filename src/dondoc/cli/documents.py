"""`dondoc ingest`: documents put into the register from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.asked import asked_for, day_written
from dondoc.cli.office import opened_office, refuse


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("ingest")(ingest)


def ingest(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Các tệp văn bản.", exists=True, dir_okay=False)
    ],
    *,
    user: Annotated[str, typer.Option("--as", metavar="USER", help="Tài khoản của người đưa văn bản vào.")],
    received: Annotated[
        str, typer.Option("--received", metavar="DAY", help="Ngày đến (2024-06-19); để trống là hôm nay.")
    ] = "",
) -> None:
    """Đưa văn bản vào sổ rồi đọc ngay; tệp đã có hoặc bị từ chối thì nói rõ từng tệp."""
    with opened_office():
        from dondoc.office.access import Actor, Refused
        from dondoc.office.actions.intake import Incoming, read_document, take_in

        try:
            asked = asked_for("", "", user)
        except Refused as refusal:
            refuse(str(refusal))
        if not asked:
            refuse(f"Tài khoản “{user}” không có vai trò ở cơ quan nào.")
        actor = Actor(asked[0].viewer, user)
        day = day_written(received) if received else asked[0].today
        refused = 0
        for path in files:
            try:
                taken = take_in(Incoming(path.read_bytes(), path.name, day), actor=actor)
                read_document(taken.document_id, actor=actor)
                typer.echo(f"{path.name}: {'đã có từ trước' if taken.was_here else 'đã đưa vào và đọc xong'}")
            except Refused as refusal:
                refused += 1
                typer.echo(f"{path.name}: bị từ chối. {refusal}")
    raise typer.Exit(1 if refused else 0)
