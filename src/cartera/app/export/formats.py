"""Which formats are there, and which of them are no text?"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from cartera.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartera.views.view import Answer

# The modules are imported when asked for: xlsxwriter and the charts would double the command line's start.
MODULES = {
    "json": "cartera.app.export.json_text",
    "csv": "cartera.app.export.csv_text",
    "xlsx": "cartera.app.export.workbook",
    "parquet": "cartera.app.export.parquet_file",
    "svg": "cartera.app.export.svg_picture",
}
BINARY = ("xlsx", "parquet")
BARE = ("json", "csv", "parquet")  # rows alone: no totals, no sentence
TABLE, PICTURE = "table", "svg"
FORMATS = (TABLE, *MODULES)


def encoded(answer: Answer, name: str, *, raw: bool = False) -> bytes:
    """The answer in the format `name`, any but the table. raw: text cells stay as they are, formulas included."""
    write: Callable[..., bytes] = import_module(MODULES[name]).encoded
    return write(answer, raw=raw) if name == "csv" else write(answer)


def chosen(name: str | None, output: str | None) -> str:
    """The format asked for, else the one that the output file's ending names, else the table."""
    if name is None:
        ending = PurePath(output or "").suffix.lstrip(".").lower()
        return ending if ending in MODULES else TABLE
    if name not in FORMATS:
        raise UnknownNameError("format", name, FORMATS, where="--format")
    return name
