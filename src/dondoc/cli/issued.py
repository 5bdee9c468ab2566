"""`dondoc report`: the progress report as a Word file, written without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.asked import asked_for
from dondoc.cli.office import opened_office, refuse


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("report")(report)


def report(
    output: Annotated[Path, typer.Argument(metavar="FILE.docx", help="Tệp Word sẽ ghi ra.")],
    *,
    programme: Annotated[str, typer.Option(help="Báo cáo về danh mục này (khóa của danh mục).")] = "",
    resolution: Annotated[str, typer.Option(metavar="ID", help="Báo cáo về văn bản này (số thứ tự).")] = "",
    as_of: Annotated[str, typer.Option(metavar="DAY", help="Tại ngày (2023-12-02); để trống là hôm nay.")] = "",
    known_at: Annotated[
        str, typer.Option(metavar="INSTANT", help="Theo những gì đã ghi đến thời điểm này (ngày hoặc ngày giờ).")
    ] = "",
    user: Annotated[
        str, typer.Option("--as", metavar="USER", help="Như tài khoản này nhìn thấy; để trống là tất cả trên máy này.")
    ] = "",
) -> None:
    """Viết báo cáo tình hình thực hiện thành tệp Word, đúng số liệu của sổ."""
    if bool(programme) == bool(resolution):
        refuse("Hãy chọn một trong hai: --programme hoặc --resolution.")
    if output.exists():
        refuse(f"Tệp {output} đã có. Hãy chọn tên khác; tệp cũ được giữ nguyên.")
    with opened_office():
        from dondoc.office.access import Refused
        from dondoc.office.reports.board import Scope
        from dondoc.office.reports.docx import to_docx
        from dondoc.office.reports.gather import NothingToReport, progress

        scope = Scope("programme", programme) if programme else Scope("resolution", resolution)
        try:
            for asked in asked_for(as_of, known_at, user):
                moment: dict[str, Any] = {"viewer": asked.viewer, "as_of": asked.as_of, "known_at": asked.known_at}
                try:
                    made, layout = progress(scope, **moment, issued_on=asked.today)
                except NothingToReport:
                    continue
                output.write_bytes(to_docx(made, layout))
                typer.echo(f"Đã ghi {output}.")
                return
        except Refused as refusal:
            refuse(str(refusal))
        refuse("Ngày này chưa có ghi nhận nào để báo cáo. Hãy chọn ngày muộn hơn hoặc danh mục khác.")
