"""The rules run in a bare Python: nothing beyond the standard library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import dondoc.rules

SOURCE = Path(dondoc.rules.__file__).parents[2]
MODULES = sorted(path.stem for path in Path(dondoc.rules.__file__).parent.glob("*.py"))

IMPORT_ALL = """
import sys
sys.path.insert(0, {source!r})
for name in {modules!r}:
    __import__("dondoc.rules." + name if name != "__init__" else "dondoc.rules")
tops = {{name.partition(".")[0] for name in sys.modules}}
print(sorted(tops - set(sys.stdlib_module_names) - {{"dondoc", "__main__"}}))
"""


def bare_python(program):
    return subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)


def test_every_module_of_the_rules_imports_without_third_party_packages():
    found = bare_python(IMPORT_ALL.format(source=str(SOURCE), modules=MODULES))
    assert (found.stdout, found.stderr) == ("[]\n", "")


def test_the_bare_python_really_has_no_third_party_packages():
    assert "No module named 'yaml'" in bare_python("import yaml").stderr


def test_the_data_files_are_read_without_third_party_packages():
    program = f"""
import sys
sys.path.insert(0, {str(SOURCE)!r})
from datetime import date
from dondoc.rules.calendar import is_working_day
from dondoc.rules.layouts import layout_for
from dondoc.rules.parameters import whole_number
on = date(2024, 6, 18)
print(is_working_day(on), layout_for("party", on=on).key, whole_number("due_soon_days", on=on))
"""
    assert bare_python(program).stdout == "True party-36-2018 7\n"
