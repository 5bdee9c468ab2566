"""`dondoc standing rebuild`: the rows that say how every duty stood on any day, made again."""

from __future__ import annotations

import typer

from dondoc.cli.office import opened_office


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    kept = typer.Typer(help="Bảng tình trạng nhiệm vụ theo ngày.", no_args_is_help=True)
    kept.callback()(_all)
    kept.command("rebuild")(rebuild)
    app.add_typer(kept, name="standing")


def _all() -> None:
    """Bảng tình trạng nhiệm vụ theo ngày."""


def rebuild() -> None:
    """Lập lại bảng tình trạng của mọi cơ quan từ chính các bản ghi; trong lúc lập, danh sách và thống kê vẫn chạy."""
    with opened_office():
        from dondoc.office.actions.spans import rebuild as rebuilt
        from dondoc.office.queries import people

        for office in people.offices():
            typer.echo(f"{office.name}: {rebuilt(office.pk)} dòng")
