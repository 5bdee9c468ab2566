"""`dondoc read`: what stands in documents, printed, without any database."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from dondoc.reader.model import Conflict, Reading


class Shape(StrEnum):
    """How readings are printed."""

    table = "table"
    json = "json"


def register(app: typer.Typer) -> None:
    """Adds the commands of this file."""
    app.command("read", help="Đọc văn bản: ai phải làm gì, trước ngày nào, và các con số văn bản nêu.")(read)


def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Các tệp văn bản: Word, PDF, Excel, ảnh chụp, trang web, văn bản thuần.", show_default=False
        ),
    ],
    shape: Annotated[Shape, typer.Option("--format", help="Cách in kết quả.")] = Shape.table,
    explain: Annotated[bool, typer.Option("--explain", help="In cả quy tắc, độ chắc và vị trí trong văn bản.")] = False,
) -> None:
    """Reads files and prints what was found; one file as JSON is one object, several are a list."""
    from dondoc.reader.api import ReaderRefusal, compare, conflict_json, read_file, to_json

    readings: list[Reading] = []
    failed = False
    for path in files:
        try:
            readings.append(read_file(path))
        except ReaderRefusal as refusal:
            failed = True
            print(f"{path.name}: {refusal}", file=sys.stderr)
        except OSError:
            failed = True
            print(f"{path}: không mở được tệp này.", file=sys.stderr)
    conflicts = compare(readings) if len(readings) > 1 else []
    if shape is Shape.json:
        found = [to_json(r) for r in readings]
        for one in found:
            across = [conflict_json(c) for c in conflicts if one["document"]["name"] in {s.document for s in c.stated}]
            if across:
                one["across"] = across
        if found or len(files) > 1:
            print(json.dumps(found[0] if len(files) == 1 else found, ensure_ascii=False, indent=1))
    else:
        for reading in readings:
            _print_tables(reading, to_json(reading), explain)
        _print_conflicts(conflicts)
    if failed:
        raise typer.Exit(1)


def _print_tables(reading: Reading, found: dict[str, Any], explain: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from dondoc.reader import confidence

    console = Console()
    head = found["document"]
    console.print(f"[bold]{_plain(reading.document.name)}[/bold]")
    for key, label in (
        ("number", "Số"),
        ("kind", "Loại"),
        ("issuer", "Cơ quan ban hành"),
        ("issued_on", "Ngày"),
        ("subject", "Trích yếu"),
        ("signer", "Người ký"),
    ):
        if head.get(key):
            console.print(f"  {label}: {_plain(head[key])}")
    table = Table("Điểm", "Chủ trì", "Phối hợp", "Hạn", "Việc phải làm", title=f"Nhiệm vụ: {len(found['assignments'])}")
    if explain:
        table.add_column("Quy tắc, độ chắc, vị trí")
    seen = confidence.features(reading.assignments, reading.document.text, reading.document_header) if explain else []
    for number, a in enumerate(found["assignments"]):
        row = [
            a["clause"] or "",
            "; ".join(a["leads"]),
            "; ".join(a["coordinators"]),
            _due(a["due"]),
            _short(a["text"], explain),
        ]
        if explain:
            why = "; ".join(f"{r.weight:+.1f} {r.says}" for r in confidence.reasons(seen[number]))
            row.append(f"{a['rule']} {a['confidence']:.2f} [{a['span'][0]}–{a['span'][1]}] {why}")
        table.add_row(*(_plain(cell) for cell in row))
    console.print(table)
    if found["petitions"]:
        petitions = Table("Ai kiến nghị", "Với ai", "Nội dung", title=f"Kiến nghị: {len(found['petitions'])}")
        for p in found["petitions"]:
            petitions.add_row(_plain(p["by"] or ""), _plain(p["to"] or ""), _plain(_short(p["text"], explain)))
        console.print(petitions)
    if found["figures"]:
        figures = Table(
            "Số", "Trong", "Đơn vị", "Trạng thái", "Về", title=f"Con số văn bản nêu: {len(found['figures'])}"
        )
        for f in found["figures"]:
            of = "" if f["of"] is None else f"{f['of']:g}"
            figures.add_row(f"{f['value']:g}", of, _plain(f["unit"]), f["state"], _plain(_short(f["scope"], explain)))
        console.print(figures)
    for check in found["checks"]:
        console.print(("[green]khớp[/green] " if check["holds"] else "[red]lệch[/red] ") + _plain(check["sentence"]))
    for note in found["notes"]:
        console.print(f"[yellow]lưu ý[/yellow] {_plain(note)}")


def _print_conflicts(conflicts: list[Conflict]) -> None:
    from rich.console import Console

    console = Console()
    for conflict in conflicts:
        mark = "[red]mâu thuẫn[/red] " if conflict.kind == "contradiction" else "[yellow]thay đổi[/yellow] "
        console.print(mark + _plain(conflict.sentence))


def _plain(text: object) -> str:
    from rich.markup import escape

    return escape(" ".join(str(text).split()))


def _short(text: str, whole: bool) -> str:
    text = " ".join(text.split())
    return text if whole or len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + "…"


def _due(due: dict[str, Any] | None) -> str:
    if due is None:
        return ""
    if due["kind"] == "recurring":
        words = {
            "week": "hằng tuần",
            "month": "hằng tháng",
            "quarter": "hằng quý",
            "half": "6 tháng",
            "year": "hằng năm",
        }
        return words[due["every"]]
    if due["kind"] == "event":
        return "theo sự kiện"
    if due.get("needs_year"):
        return "/".join(str(v) for v in (due.get("day"), due.get("month")) if v) + " (chưa rõ năm)"
    return str(due["on"])
