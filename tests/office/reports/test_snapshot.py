"""The whole report as text, kept beside the tests: a change of wording shows as a line in the review.

Run the tests with DONDOC_ACCEPT=1 to write the texts anew, and read what changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dondoc.office.reports.snapshot import as_text
from office.reports.sample import PARTY, STATE, ProgressData, progress_report

KEPT = Path(__file__).parent / "kept"


@pytest.mark.parametrize("data", [PARTY, STATE], ids=["party", "state"])
def test_the_report_reads_as_it_was_accepted(data: ProgressData) -> None:
    path = KEPT / f"{data.hierarchy}.txt"
    text = as_text(progress_report(data))
    if os.environ.get("DONDOC_ACCEPT") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
