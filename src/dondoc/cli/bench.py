"""`dondoc bench reader`: how well the reader reads documents that people have annotated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from dondoc.cli.office import opened_office, refuse

ROOT = Path(__file__).resolve().parents[3]
OWN = ROOT / "tests/corpus/own"
LAST = ROOT / "bench/last.json"


@dataclass(frozen=True, slots=True)
class Showing:
    """What to print besides the scores, and where the run before is kept."""

    last: Path | None
    per_document: bool = False
    misses: bool = False
    keep: bool = False


def register(app: typer.Typer) -> None:
    """Adds the commands of this file."""
    benches = typer.Typer(help="Đo xem bộ đọc đọc đúng và nhanh đến đâu.", no_args_is_help=True)
    benches.callback()(_all)
    benches.command("reader")(reader)
    app.add_typer(benches, name="bench")


def _all() -> None:
    """Đo xem bộ đọc đọc đúng và nhanh đến đâu."""


def reader(
    *,
    gold: Annotated[
        Path | None, typer.Option(help="Thư mục các tệp .json đã chú giải; để trống là bộ của chính dự án.")
    ] = None,
    docs: Annotated[
        Path | None, typer.Option(help="Thư mục các văn bản cùng tên; để trống là thư mục docs cạnh thư mục gold.")
    ] = None,
    last: Annotated[
        Path | None, typer.Option(help="Tệp lưu lần đo trước; có thì so sánh từng văn bản được gì, mất gì.")
    ] = None,
    from_reviews: Annotated[
        bool, typer.Option("--from-reviews", help="Đo trên những gì cán bộ đã xác nhận trong sổ của cơ quan.")
    ] = False,
    per_document: Annotated[bool, typer.Option("--per-document", help="In điểm của từng văn bản.")] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="In từng chỗ đọc sót, đọc sai của các văn bản được mở.")
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Lưu lần đo này vào tệp của --last.")] = False,
) -> None:
    """Chấm điểm bộ đọc trên các văn bản đã có người chú giải, và đo tốc độ."""
    if from_reviews:
        with TemporaryDirectory(prefix="dd-") as folder:
            export_all(Path(folder))
            show = Showing(last, per_document, misses, keep)
            print_bench(Path(folder) / "gold", Path(folder) / "docs", show)
        return
    if gold is None and not OWN.is_dir():
        refuse("Hãy nêu thư mục đã chú giải bằng --gold và --docs.")
    if gold is None:
        gold, last = OWN / "gold", last or LAST
    elif (gold / "gold").is_dir():
        gold, docs = gold / "gold", docs or gold / "docs"
    print_bench(gold, docs or gold.parent / "docs", Showing(last, per_document, misses, keep))


def export_all(folder: Path) -> None:
    """Write what the officers of every office confirmed into a folder, in the format of annotated documents."""
    from dondoc.cli.reviewed import write_reviewed

    with opened_office():
        if not write_reviewed(folder):
            refuse("Chưa có văn bản nào được xác nhận xong, nên chưa có gì để đo.")


def print_bench(gold: Path, docs: Path, show: Showing) -> None:
    """Print scores, what changed since the last run, what the confidence is worth, and the speed."""
    from dondoc.cli import measuring
    from dondoc.reader import scoring

    runs = measuring.run_all(gold, docs)
    if not runs:
        refuse(f"Không có văn bản đã chú giải nào trong {gold}.")
    for one in runs:
        if one.refused:
            print(f"{one.case.name}: {one.refused}")
        if show.per_document:
            rates = scoring.scores(scoring.count(one.case.gold, one.found))
            part = "held" if one.case.held else "open"
            print(f"{one.case.name} ({part}) " + ", ".join(f"{k} {v:.2f}" for k, v in rates.items()))
        if show.misses and not one.case.held:
            print(f"{one.case.name}", *measuring.miss_lines(one), sep="\n")
    if show.last is not None and show.last.exists():
        print(*measuring.change_lines(runs, json.loads(show.last.read_text("utf-8"))), sep="\n")
    print(*measuring.score_lines(runs), *measuring.confidence_lines(runs), *measuring.speed_lines(runs), sep="\n")
    if show.keep and show.last is not None:
        measuring.save(runs, show.last)
