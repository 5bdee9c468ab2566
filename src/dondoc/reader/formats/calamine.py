"""What calamine finds in an Excel file: the filled rows of each visible sheet.

This runs in a process of its own (:mod:`dondoc.reader.formats.apart`) and gives plain objects for JSON.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import python_calamine as calamine

from dondoc.reader.formats.grid import MOST_CELLS, MOST_COLUMNS
from dondoc.reader.formats.legacy import without_marks
from dondoc.reader.formats.limits import LOCKED
from dondoc.reader.refusals import BrokenFile, EncryptedFile, TooLarge

_BROKEN = "Tệp Excel bị hỏng hoặc tải lên chưa đủ; đề nghị mở bằng Excel rồi lưu lại."
_TOO_WIDE = "Bảng tính trải trên quá nhiều ô nên không được đọc; đề nghị chỉ giữ phần có nội dung hoặc tách tệp."
# A cell: its lines, and how many rows and columns it covers.
Row = list[list[Any]]


def sheets(data: bytes, _options: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The visible sheets of a file, each with its rows."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [s.name for s in book.sheets_metadata if s.visible is calamine.SheetVisibleEnum.Visible]
        for title in visible:
            sheet = book.get_sheet_by_name(title)
            if sheet.height * sheet.width > MOST_CELLS:
                raise TooLarge(_TOO_WIDE)
            yield {"rows": _rows(sheet)}
    except calamine.PasswordError as error:
        raise EncryptedFile(LOCKED) from error
    except (TooLarge, GeneratorExit, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # any error: a stranger's file (a panic of the library is no Exception)
        raise BrokenFile(_BROKEN) from error


def _rows(sheet: Any) -> list[Row]:
    """The filled rows of a sheet, merged ranges as wide cells, no cell beyond the last filled column."""
    if sheet.start is None:
        return []
    first_row, first_column = sheet.start
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        at = (top - first_row, left - first_column)
        height, width = min(bottom - top + 1, sheet.height), min(right - left + 1, MOST_COLUMNS)
        merged[at] = (height, width)
        if height * width > MOST_CELLS or len(covered) > MOST_CELLS:
            raise TooLarge(_TOO_WIDE)
        covered |= {(at[0] + r, at[1] + c) for r in range(height) for c in range(width) if r or c}
    rows: list[Row] = []
    for r, values in enumerate(sheet.iter_rows()):
        row: Row = []
        for c, value in enumerate(values[:MOST_COLUMNS]):
            if (r, c) not in covered:
                height, width = merged.get((r, c), (1, 1))
                text = shown(value)
                row.append([text.split("\n") if text else [], height, width])
        rows.append(row)
    return rows


def shown(value: object) -> str:
    """A value of a cell as an officer would write it: days as 31/12/2024, whole numbers without a point."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else f"{value:.10g}".replace(".", ",")
    text = without_marks(str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
