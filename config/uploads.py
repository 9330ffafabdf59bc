"""What arrives with a form is measured while it arrives: no disk is filled by what would be refused afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MEGABYTE = 1024 * 1024


class Measured(FileUploadHandler):
    """Stands before the handlers that keep. A file that grows too large is left out and counted in `request.left_out`,
    so that the page keeps all else that was sent; a request that is too large as a whole is answered 413.
    """

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > settings.UPLOAD_MEGABYTES * MEGABYTE:
            raise RequestDataTooBig("More was sent than is taken at once.")

    def new_file(self, *args: Any, **rest: Any) -> None:
        super().new_file(*args, **rest)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > max(settings.FILE_MEGABYTES.values()) * MEGABYTE:
            request: Any = self.request
            request.left_out = getattr(request, "left_out", 0) + 1
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
