"""How does a file reach a browser? Piece by piece where it is large, with its length where it is small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import HttpResponse, StreamingHttpResponse

from cartera.app.export.formats import STREAMED, TYPES, pieces
from cartera.app.export.plain import ROWS_OF_A_PIECE
from cartera.tongue import in_force

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from cartera.views.view import Answer

COMMA, SEMICOLON = ",", ";"


def sent(answer: Answer, kind: str, *, headers: Mapping[str, str], **csv: bool | str) -> HttpResponseBase:
    """The answer as a file. csv: options of that format."""
    parts = pieces(answer, kind, **csv)
    if kind in STREAMED and answer.rows.num_rows > ROWS_OF_A_PIECE:
        return StreamingHttpResponse(parts, content_type=TYPES[kind], headers=headers)
    return HttpResponse(b"".join(parts), content_type=TYPES[kind], headers=headers)


def local() -> dict[str, bool | str]:
    """How CSV is written for spreadsheets of the reader's language: with a mark of its encoding and their separator."""
    return {"separator": COMMA if in_force().language.startswith("en") else SEMICOLON, "with_mark": True}
