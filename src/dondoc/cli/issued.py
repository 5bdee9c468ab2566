"""`dondoc report`: a report as a file in any form, an issued one as it was printed, or one made again and compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.cli.asked import Asked, AsOf, AsUser, KnownAt, asked_for
from dondoc.cli.office import opened_office, refuse
from dondoc.cli.remaking import print_remade

if TYPE_CHECKING:
    from dondoc.office.reports.board import Scope

FORMS = "docx, pdf, xlsx, html, json"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("report")(report)


def report(
    output: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help=f"Tệp sẽ ghi ra; dạng của tệp theo phần đuôi: {FORMS}.", show_default=False
        ),
    ] = None,
    *,
    template: Annotated[str, typer.Option(metavar="KEY", help="Loại báo cáo; xem các loại bằng --list.")] = "progress",
    programme: Annotated[str, typer.Option(help="Báo cáo về danh mục này (khóa của danh mục).")] = "",
    resolution: Annotated[str, typer.Option(metavar="ID", help="Báo cáo về văn bản này (số thứ tự).")] = "",
    agency: Annotated[str, typer.Option(metavar="ID", help="Báo cáo về cơ quan này (số thứ tự).")] = "",
    compilation: Annotated[
        int | None, typer.Option(metavar="ID", help="Báo cáo đang soạn này, với lời văn và ngày số liệu của nó.")
    ] = None,
    as_of: AsOf = "",
    known_at: KnownAt = "",
    user: AsUser = "",
    issued: Annotated[
        int | None, typer.Option(metavar="ID", help="Ghi ra báo cáo đã phát hành này, đúng từng byte.")
    ] = None,
    remake: Annotated[
        int | None,
        typer.Option(metavar="ID", help="Lập lại báo cáo đã phát hành này và nêu chỗ khác; có chỗ khác thì mã là 1."),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", help="Liệt kê các loại báo cáo và các báo cáo đã phát hành.")
    ] = False,
) -> None:
    """Viết báo cáo thành tệp, đúng số liệu của sổ; đưa lại hoặc lập lại báo cáo đã phát hành."""
    scopes = {name: key for name, key in _given(programme, resolution, agency) if key}
    _check(output, scopes, issued=issued, remake=remake, listing=listing, compilation=compilation)
    with _answering():
        asked = asked_for(as_of, known_at, user)
        if listing:
            _print_list(asked)
        elif remake is not None:
            _remake(asked, remake)
        else:
            assert output is not None  # _check saw to it
            if issued is not None:
                content = _stored(asked, issued, output)
            elif compilation is not None:
                content = _written(asked, compilation, output)
            else:
                content = _made(asked, template, scopes, output)
            output.write_bytes(content)
            typer.echo(f"Đã ghi {output}.")


def _given(*keys: str) -> Iterator[tuple[str, str]]:
    return zip(("programme", "resolution", "agency"), keys, strict=True)


def _check(
    output: Path | None,
    scopes: dict[str, str],
    *,
    issued: int | None,
    remake: int | None,
    listing: bool,
    compilation: int | None,
) -> None:
    """Refuse what cannot be meant, before the database is opened."""
    wished = [issued is not None, remake is not None, listing, compilation is not None]
    if sum(wished) > 1 or (any(wished) and scopes):
        refuse("Hãy chọn một việc: viết báo cáo, --compilation, --issued, --remake hoặc --list.")
    if len(scopes) > 1:
        refuse("Hãy chọn một trong các mục: --programme, --resolution hoặc --agency.")
    if remake is not None or listing:
        if output is not None:
            refuse("Việc này không ghi ra tệp nào: hãy bỏ tên tệp.")
        return
    if output is None:
        refuse("Hãy nêu tên tệp sẽ ghi ra, ví dụ bao-cao.docx.")
    if output.exists():
        refuse(f"Tệp {output} đã có. Hãy chọn tên khác; tệp cũ được giữ nguyên.")


@contextmanager
def _answering() -> Iterator[None]:
    """Have the office's records at hand, and end the command with the words of a refusal."""
    with opened_office():
        from dondoc.office.access import Refused

        try:
            yield
        except Refused as refusal:
            refuse(str(refusal))


def _form(output: Path) -> str:
    from dondoc.office.reports.printing import form_of

    return form_of(output.suffix.removeprefix(".").lower()).key


def _made(asked: list[Asked], template: str, scopes: dict[str, str], output: Path) -> bytes:
    """Make the report for the first office that has something to report about this."""
    from dondoc.office.reports.content import NothingToReport
    from dondoc.office.reports.printing import print_as
    from dondoc.office.reports.templates import make

    form, scope = _form(output), _scope(scopes)
    for one in asked:
        moment: dict[str, Any] = {"viewer": one.viewer, "as_of": one.as_of, "known_at": one.known_at}
        try:
            made, layout = make(template, scope, **moment, issued_on=one.today)
        except NothingToReport:
            continue
        return print_as(form, made, layout, frame=None)
    refuse("Ngày này chưa có ghi nhận nào để báo cáo. Hãy chọn ngày muộn hơn hoặc phạm vi khác.")


def _written(asked: list[Asked], compilation_id: int, output: Path) -> bytes:
    """Make a report in the making as it stands, into the office's own Word file where it has one."""
    from dondoc.office.queries import compilations, frames
    from dondoc.office.reports.printing import print_as
    from dondoc.office.reports.templates import make

    form = _form(output)
    for one in asked:
        moment: dict[str, Any] = {"viewer": one.viewer, "known_at": one.known_at}
        try:
            row = compilations.compilation(compilation_id, as_of=one.as_of, **moment)
        except compilations.NoSuchCompilation:
            continue
        made, layout = make(
            row.report, _scope(dict(row.scope)), as_of=row.as_of, issued_on=one.today, compilation=row, **moment
        )
        frame = frames.content(row.frame_id, viewer=one.viewer) if row.frame_id else None
        return print_as(form, made, layout, frame=frame)
    refuse(f"Không có báo cáo đang soạn số {compilation_id} trong phạm vi được xem.")


def _scope(scopes: dict[str, str]) -> Scope:
    from dondoc.office.reports.board import Scope

    return Scope(*next(iter(scopes.items()), ("office", "")))


def _stored(asked: list[Asked], issued_id: int, output: Path) -> bytes:
    """Give the stored bytes of an issued report in the form of the file."""
    from dondoc.office.queries import issued

    one = _office_of(asked, issued_id)
    return issued.content(issued_id, _form(output), viewer=one.viewer, known_at=one.known_at)[1]


def _office_of(asked: list[Asked], issued_id: int) -> Asked:
    """Find in which of the offices in sight a report was issued; refused in the words of the last."""
    from dondoc.office.queries import issued

    for one in asked:
        if any(row.id == issued_id for row in issued.issued(viewer=one.viewer, known_at=one.known_at)):
            return one
    refuse(f"Không có báo cáo đã phát hành số {issued_id} trong phạm vi được xem. Xem danh sách bằng --list.")


def _remake(asked: list[Asked], issued_id: int) -> None:
    from dondoc.office.reports.remaking import remade

    found = remade(issued_id, viewer=_office_of(asked, issued_id).viewer)
    print_remade(found)
    if not found.then.is_same:
        raise typer.Exit(1)


def _print_list(asked: list[Asked]) -> None:
    from dondoc.office.queries import issued
    from dondoc.office.reports.templates import templates

    if asked:
        typer.echo("Các loại báo cáo (--template):")
        for kind in templates(on=asked[0].today):
            typer.echo(f"  {kind.key}: {kind.name} ({', '.join(kind.scopes)})")
    for one in asked:
        typer.echo(f"{one.office}, báo cáo đã phát hành (--issued, --remake):")
        rows = issued.issued(viewer=one.viewer, known_at=one.known_at)
        for row in rows:
            forms = ", ".join(row.forms) or "đã tiêu hủy"
            days = f"tại ngày {row.as_of:%d/%m/%Y}, phát hành {row.issued_on:%d/%m/%Y}"
            typer.echo(f"  {row.id}: {row.title}, {days}, {row.actor} ({forms})")
        if not rows:
            typer.echo("  chưa có")
