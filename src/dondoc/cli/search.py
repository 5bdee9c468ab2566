"""`dondoc search rebuild`: the rows by which documents are listed and found, made again."""

from __future__ import annotations

import typer

from dondoc.cli.office import opened_office


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    searches = typer.Typer(help="Bảng tra cứu văn bản.", no_args_is_help=True)
    searches.callback()(_all)
    searches.command("rebuild")(rebuild)
    app.add_typer(searches, name="search")


def _all() -> None:
    """Bảng tra cứu văn bản."""


def rebuild() -> None:
    """Lập lại bảng tra cứu của mọi cơ quan từ chính các văn bản; trong lúc lập, danh sách và tìm kiếm vẫn chạy."""
    with opened_office():
        from dondoc.office.actions.register import rebuild as rebuilt
        from dondoc.office.queries import people

        for office in people.offices():
            typer.echo(f"{office.name}: {rebuilt(office.pk)} dòng")
