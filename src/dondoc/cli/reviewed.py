"""`dondoc readings export`: what officers confirmed, as annotated documents the reader can be measured on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.asked import AsUser, asked_for
from dondoc.cli.office import opened_office, refuse


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    readings = typer.Typer(help="Những gì đã đọc và đã được xác nhận.", no_args_is_help=True)
    readings.callback()(_all)
    readings.command("export")(export)
    app.add_typer(readings, name="readings")


def _all() -> None:
    """Những gì đã đọc và đã được xác nhận."""


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Thư mục sẽ ghi ra; phải chưa có hoặc còn trống.")],
    *,
    user: AsUser = "",
) -> None:
    """Ghi các văn bản đã xác nhận xong thành bộ chú giải: docs/SỐ.txt và gold/SỐ.json."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        refuse(f"Thư mục {folder} đã có dữ liệu. Hãy chọn thư mục khác.")
    with opened_office():
        from dondoc.office.access import Refused

        try:
            written = write_reviewed(folder, user=user)
        except Refused as refusal:
            refuse(str(refusal))
    typer.echo(f"Đã ghi {written} văn bản vào {folder}.")


def write_reviewed(folder: Path, *, user: str = "") -> int:
    """Write every document on whose proposals people have decided; gives how many there are."""
    from dondoc.office.queries import readings

    for part in ("docs", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    written = 0
    for asked in asked_for("", "", user):
        for one in readings.reviewed(viewer=asked.viewer):
            name = f"{asked.office}-{one.document_id:05d}"
            (folder / "docs" / f"{name}.txt").write_text(one.text, encoding="utf-8", newline="")
            gold = json.dumps(one.gold, ensure_ascii=False, indent=1)
            (folder / "gold" / f"{name}.json").write_text(gold + "\n", encoding="utf-8")
            written += 1
    return written
