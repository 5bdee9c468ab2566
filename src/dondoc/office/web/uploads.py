"""Files that are sent: held in memory only, up to a limit, so that nothing of them lies in a temporary folder."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

TOO_LARGE = "upload_too_large"
OTHER_FIELDS = 1024 * 1024  # bytes that a form sends besides its file
PASSED_OVER = 2 * 1024**3  # a body larger than this is no slip: it is cut off
CHUNK = 64 * 1024


class BoundedMemoryUploadHandler(FileUploadHandler):
    """Holds an uploaded file in memory up to the limit; of a larger one nothing is kept, and the page says why."""

    announced = 0
    body: IO[bytes] | None = None

    def handle_raw_input(
        self, input_data: IO[bytes], META: dict[str, Any], content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        self.announced, self.body = content_length, input_data

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()
        if self.announced > settings.DONDOC_UPLOAD_LIMIT + OTHER_FIELDS:
            self.refuse()

    def refuse(self) -> None:
        """Let go of what has come, pass over the rest, and let the page say why.

        The rest is read, or a browser would not look at the answer; Django itself would read it line by line, and a
        line can be as long as the file.
        """
        self.file = BytesIO()
        setattr(self.request, TOO_LARGE, True)
        if self.body is not None and self.announced < PASSED_OVER:
            while self.body.read(CHUNK):
                pass
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.DONDOC_UPLOAD_LIMIT:
            self.refuse()
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def refused_file(request: HttpRequest) -> str:
    """Say why the file that was sent was not taken; nothing where none was refused."""
    if request.method != "POST" or not request.POST.keys() or not getattr(request, TOO_LARGE, False):
        return ""
    return _("The file is larger than %(limit)s. Nothing was kept. Split it, or leave out its pictures.") % {
        "limit": filesizeformat(settings.DONDOC_UPLOAD_LIMIT)
    }
