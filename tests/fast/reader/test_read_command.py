"""Promises what `dondoc read` prints, that it needs no Django, and that it starts fast."""

import json
import subprocess
import sys
from pathlib import Path

import typer
from typer.testing import CliRunner

from dondoc.cli import readings

app = typer.Typer()
readings.register(app)
app.callback()(lambda: None)
run = CliRunner()
CORPUS = Path(__file__).parents[2] / "corpus"
FIRST, SECOND = (str(CORPUS / f"orders-{name}.txt") for name in ("dang", "tin"))


def test_one_file_as_json_is_one_object_and_several_are_a_list() -> None:
    one = json.loads(run.invoke(app, ["read", FIRST, "--format", "json"]).stdout)
    two = json.loads(run.invoke(app, ["read", FIRST, SECOND, "--format", "json"]).stdout)
    assert one["assignments"][2]["leads"] == ["Ban Tuyên giáo Tỉnh ủy"]
    assert [t["document"]["name"] for t in two] == ["orders-dang.txt", "orders-tin.txt"]
    assert two[0] == one


def test_the_table_names_leads_and_explain_names_the_rule() -> None:
    plain = run.invoke(app, ["read", FIRST]).stdout
    explained = run.invoke(app, ["read", FIRST, "--explain"], env={"COLUMNS": "200"}).stdout
    assert "Nhiệm vụ: 3" in plain
    assert "subject" in explained


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_printed(tmp_path: Path) -> None:
    broken = tmp_path / "hỏng.docx"
    broken.write_bytes(b"PK\x03\x04")
    result = run.invoke(app, ["read", str(broken), SECOND, str(tmp_path / "none.txt"), "--format", "json"])
    assert result.exit_code == 1
    assert [t["document"]["name"] for t in json.loads(result.stdout)] == ["orders-tin.txt"]
    assert "hỏng.docx: " in result.stderr
    assert "none.txt" in result.stderr


def test_reading_imports_no_django() -> None:
    code = (
        "import sys; from dondoc.cli import readings; from dondoc.reader.api import read_file; "
        f"read_file({FIRST!r}); print([m for m in sys.modules if m.split('.')[0] in ('django', 'docx')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
