"""Which formats are there, and which of them are no text?"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cartera.views.view import Answer

# The modules are imported when asked for: xlsxwriter and the charts would double the command line's start.
MODULES = {
    "json": "cartera.app.export.json_text",
    "csv": "cartera.app.export.csv_text",
    "xlsx": "cartera.app.export.workbook",
    "parquet": "cartera.app.export.parquet_file",
    "svg": "cartera.app.export.svg_picture",
}
TYPES = {
    "json": "application/json", "csv": "text/csv; charset=utf-8", "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
STREAMED = ("json", "csv")  # written piece by piece; the others are made whole
BINARY = ("xlsx", "parquet")
BARE = ("json", "csv", "parquet")  # rows alone: no totals, no sentence
TABLE, PICTURE = "table", "svg"
FORMATS = (TABLE, *MODULES)
ENDINGS = {name: name for name in MODULES} | {"txt": TABLE, "": TABLE}


def encoded(answer: Answer, name: str, **csv: bool | str) -> bytes:
    """The answer in the format `name`, any but the table. csv: options of that format, see `csv_text.encoded`."""
    write: Callable[..., bytes] = import_module(MODULES[name]).encoded
    return write(answer, **csv) if name == "csv" else write(answer)


def pieces(answer: Answer, name: str, **csv: bool | str) -> Iterator[bytes]:
    """The same, piece by piece where the format can be written so: a large file is never whole in memory."""
    if name not in STREAMED:
        return iter([encoded(answer, name)])
    write: Callable[..., Iterator[bytes]] = import_module(MODULES[name]).pieces
    return write(answer, **csv) if name == "csv" else write(answer)


def chosen(name: str | None, output: str | None) -> str:
    """The format asked for, else the one that the output file's ending names; the table without a file or an ending."""
    if name is None:
        return ENDINGS[ending_of(output or "")]
    if name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS, where="--format")
    return name


def ending_of(output: str) -> str:
    """What the file's name ends in, one of ENDINGS; another would be written as something that it does not say."""
    ending = PurePath(output).suffix.removeprefix(".").lower()
    if ending not in ENDINGS:
        known = ", ".join(f".{name}" for name in MODULES)
        fix = f"End it in {known} or, for the table, .txt; or name the format: --format csv."
        raise CarteraError(
            say("{output} ends in no format that can be written.", output=repr(output)), where="--output", fix=fix
        )
    return ending
