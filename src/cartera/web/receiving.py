"""How large may a file be that a browser sends? Measured before it is kept anywhere; the form then says what to do."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from cartera.app.workspace.importing.pending import LARGEST

FORM = 64 << 10  # bytes of the form around the file


class Bounded(FileUploadHandler):
    """Lets nothing of a larger file through, but the fields before it, so that the page can say so."""

    def handle_raw_input(self, *given: Any, **_: Any) -> Any:
        """Nothing; remembers how much is announced, the third thing that Django gives."""
        self.is_too_large = given[2] > LARGEST + FORM

    def new_file(self, field_name: str, file_name: str, *more: Any, **named: Any) -> None:
        """Refuses to go on where too much is announced."""
        super().new_file(field_name, file_name, *more, **named)
        if self.is_too_large and self.request is not None:
            self.request.is_too_large, self.request.sent_name = True, file_name
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - as Django calls it
        """The bytes for those who keep them."""
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - as Django calls it
        """Nothing is kept here."""
        return
