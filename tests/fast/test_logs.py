"""What is written down of an error names the place and the kind, never a row of the database."""

from __future__ import annotations

import logging
import sys

from dondoc.logs import Discreet

ROW = "Giao Sở Tài chính giữ kín việc này"


def test_the_rows_in_a_message_of_the_database_are_left_out() -> None:
    try:
        try:
            raise LookupError(f"value too long\nDETAIL:  Failing row contains (1, {ROW}\n{ROW}).")
        except LookupError as error:
            raise RuntimeError(f"not written\nCONTEXT:  COPY office_task, line 1: {ROW}") from error
    except RuntimeError:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "/tasks/", (), sys.exc_info())
    told = Discreet().format(record)
    assert ROW not in told
    assert [line for line in told.splitlines() if "Error: " in line] == [
        "LookupError: value too long",
        "RuntimeError: not written",
    ]
    assert "in test_the_rows_in_a_message_of_the_database_are_left_out" in told


def test_errors_that_name_each_other_are_written_once_each() -> None:
    first, second = LookupError("first"), RuntimeError("second")
    first.__cause__, second.__cause__ = second, first
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "/", (), (LookupError, first, None))
    assert Discreet().format(record).split("\n") == ["/", "RuntimeError: second", "", "LookupError: first"]
