"""Runs the programs of the machine that some formats need: LibreOffice for .doc and .rtf, tesseract for pictures.

A document may be secret: what a program writes lies in a private folder that is gone when it ends, and nothing is
kept of its profile. Missing programs are named together with the package to install.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from dondoc.reader.refusals import BrokenFile, ProgramMissing

_SECONDS = 120
# Nothing in a document may run or fetch: macros off, links blocked, and a proxy that answers nobody.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
%s</oor:items>
"""
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
MISSING_TESSERACT = (
    "Trang là ảnh chụp, cần phần nhận dạng chữ mà máy chủ chưa có; đề nghị quản trị cài gói tesseract-ocr-vie, "
    "hoặc đưa bản .docx hay PDF có chữ."
)
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "FONTCONFIG_PATH")


def _program(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


def run_program(command: Sequence[str], *, data: bytes | None, folder: Path, seconds: float) -> bytes | None:
    """What a program prints; None where it fails or takes too long. Everything it started ends with it."""
    environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1", "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(  # noqa: S603 - a fixed program with fixed options; the document comes by standard input
        list(command),
        stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        out, _ = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        end_program(process)
    return out if process.returncode == 0 else None


def end_program(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE % items, encoding="utf-8")


def to_docx(data: bytes, suffix: str) -> bytes:
    """The bytes of a .docx file made by LibreOffice from an older kind of Word file."""
    office = _program("soffice", "libreoffice")
    if office is None:
        raise ProgramMissing(
            f"Tệp {suffix} cần LibreOffice để đọc mà máy chủ chưa có; đề nghị quản trị cài gói libreoffice-writer, "
            "hoặc lưu lại tệp thành .docx rồi đưa vào."
        )
    with tempfile.TemporaryDirectory(prefix="dondoc-") as private:
        folder = Path(private)
        source = folder / f"a{suffix}"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        command = [office, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
        command += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)]
        run_program(command, data=None, folder=folder, seconds=_SECONDS)
        made = folder / "out" / "a.docx"
        if not made.is_file():
            raise BrokenFile(
                f"LibreOffice không mở được tệp {suffix} này: tệp bị hỏng hoặc có mật khẩu; "
                "đề nghị mở bằng Word rồi lưu lại thành .docx."
            )
        return made.read_bytes()


@cache
def _languages(program: str) -> frozenset[str]:
    with tempfile.TemporaryDirectory(prefix="dondoc-") as private:
        out = run_program([program, "--list-langs"], data=None, folder=Path(private), seconds=20)
    return frozenset((out or b"").decode("utf-8", "replace").split())


def tesseract() -> str | None:
    """The program that recognises Vietnamese words in pictures, where it is on this machine with its language."""
    program = _program("tesseract")
    return program if program and "vie" in _languages(program) else None


def recognised(picture: bytes, *, page: int = 0, dpi: int = 0) -> str | None:
    """The words of a picture with their places, as tesseract's TSV; None where it cannot read the picture.

    ``page`` chooses one of a TIFF file; ``dpi`` is said where the picture does not.
    """
    program = tesseract()
    if program is None:
        raise ProgramMissing(MISSING_TESSERACT)
    options = ["-l", "vie", "--psm", "3", "-c", f"tessedit_page_number={page}"]
    options += ["--dpi", str(dpi)] if dpi else []
    with tempfile.TemporaryDirectory(prefix="dondoc-") as private:
        command = [program, "stdin", "stdout", *options, "tsv"]
        out = run_program(command, data=picture, folder=Path(private), seconds=_SECONDS)
    return out.decode("utf-8", "replace") if out is not None else None
