"""Promises that the same thing stated with different numbers by several documents is found, and nothing else."""

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from dondoc.cli import readings
from dondoc.reader.api import compare, read_text

HEAD = "UBND TỈNH HÀ TRUNG\nSố: {n}/BC-UBND\nHà Trung, ngày {day} tháng 11 năm 2023\nBÁO CÁO\nVề tiến độ\n"
SET = "Có {all} nhiệm vụ do UBND tỉnh chủ trì theo Chương trình 03, trong đó {done} nhiệm vụ đã hoàn thành."


def document(number: int, day: str, total: int, done: int):
    return read_text(HEAD.format(n=number, day=day) + SET.format(all=total, done=done), name=f"{number}.txt")


def test_two_documents_of_one_day_that_count_differently_contradict_each_other() -> None:
    found = compare([document(1, "21", 14, 7), document(2, "21", 16, 7)])
    assert [(c.kind, c.unit, [(s.document, s.claim.value) for s in c.stated]) for c in found] == [
        ("contradiction", "nhiệm vụ", [("1.txt", 14.0), ("2.txt", 16.0)])
    ]
    assert "1.txt: 14 nhiệm vụ (21/11/2023); 2.txt: 16 nhiệm vụ (21/11/2023)" in found[0].sentence


def test_progress_between_two_days_has_moved_and_contradicts_nothing() -> None:
    found = compare([document(2, "30", 14, 9), document(1, "21", 14, 7)])
    assert [(c.kind, [(s.document, s.claim.value) for s in c.stated]) for c in found] == [
        ("moved", [("1.txt", 7.0), ("2.txt", 9.0)])
    ]


def test_the_same_numbers_and_other_sets_are_no_difference() -> None:
    other = read_text(HEAD.format(n=3, day="21") + "Có 35 dự án khởi công mới trong năm.", name="3.txt")
    assert compare([document(1, "21", 14, 7), document(2, "21", 14, 7), other]) == []


def test_the_command_shows_what_differs(tmp_path: Path) -> None:
    app = typer.Typer()
    readings.register(app)
    app.callback()(lambda: None)
    paths = []
    for number, total in ((1, 14), (2, 16)):
        path = tmp_path / f"{number}.txt"
        path.write_text(HEAD.format(n=number, day="21") + SET.format(all=total, done=7), "utf-8")
        paths.append(str(path))
    run = CliRunner()
    assert "mâu thuẫn" in run.invoke(app, ["read", *paths], env={"COLUMNS": "240"}).stdout
    printed = json.loads(run.invoke(app, ["read", *paths, "--format", "json"]).stdout)
    assert [one["across"][0]["kind"] for one in printed] == ["contradiction", "contradiction"]
