"""Which bytes does a file hold, unpacked, and of which kind are they? The content decides, never the name."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from cartera.errors import InputError
from cartera.sources.files.bounds import check_lines, check_packed, check_unpacked, check_workbook, gunzipped_size
from cartera.tongue import say, spoken, text

Kind = Literal["text", "json", "parquet", "workbook"]
FOREIGN = {
    b"%PDF": "a PDF",
    b"\x89PNG": text("a picture"),
    b"\xff\xd8\xff": text("a picture"),
    b"GIF8": text("a picture"),
    b"SQLite format 3": text("an SQLite database"),
    b"\x7fELF": text("a program"),
    b"MZ": text("a program"),
    b"BZh": text("a bzip2 archive"),
    b"\xfd7zXZ": text("an xz archive"),
    b"7z\xbc\xaf": text("a 7-Zip archive"),
    b"Rar!": "a RAR archive",
    b"\x28\xb5\x2f\xfd": text("a Zstandard archive"),
}
READABLE = text("Give a table as CSV, XLSX, XLS, ODS, Parquet or JSON.")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
JSON_START = re.compile(rb"\s*(\[\s*(\{|\])|\{\s*\")")
CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 26})


@dataclass(frozen=True)
class Content:
    """The unpacked bytes of one table. container: "gzip", "zip" or empty."""

    name: str
    kind: Kind
    data: bytes
    container: str = ""


def open_content(path: Path, *, is_text: bool = False) -> Content:
    """The one table inside the file; is_text: an encoding was named, so whatever is no known format is text.

    InputError: no such file, empty, no table, or beyond the limits.
    """
    name = path.name
    if path.is_dir():
        raise InputError(say("this is a folder, not a file."), where=str(path), fix=say("Name one file inside it."))
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(say("there is no file {path}.", path=repr(str(path))), fix=_other_file(path)) from None
    except OSError as error:
        raise InputError(
            say("the file cannot be opened ({problem}).", problem=str(error.strerror)),
            where=name,
            fix=say("Check its permissions."),
        ) from None
    return _unpacked(name, data, is_text=is_text)


def _other_file(path: Path) -> str:
    beside = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
    near = get_close_matches(path.name, beside, n=1)
    return (
        say("Did you mean {name}?", name=repr(str(path.parent / near[0])))
        if near
        else say("Check the path and the spelling.")
    )


def _unpacked(name: str, data: bytes, container: str = "", *, is_text: bool) -> Content:
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise InputError(
            say("the file is empty ({count} bytes).", count=len(data)),
            where=name,
            fix=say("Export it again and check its size."),
        )
    if data.startswith(b"\x1f\x8b") and not container:
        return _unpacked(name, _gunzipped(name, data), "gzip", is_text=is_text)
    if data.startswith(b"PK") and not container and not _is_workbook(name, data):
        return _unpacked(name, _unzipped(name, data), "zip", is_text=is_text)
    kind = _kind(name, data, is_text)
    if kind == "text":
        check_lines(name, data)
    elif kind == "workbook" and data.startswith(b"PK"):
        check_workbook(name, data)
    return Content(name, kind, data, container)


def _gunzipped(name: str, data: bytes) -> bytes:
    check_packed(name, len(data))
    try:
        for size in gunzipped_size(data):
            check_unpacked(name, len(data), size)
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        raise InputError(
            say("the gzip archive is damaged or cut off."), where=name, fix=say("Download or pack it again.")
        ) from None


def _archive(name: str, data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        fix = say("Save or download it again.")
        raise InputError(say("the workbook or zip archive is damaged or cut off."), where=name, fix=fix) from None


def _is_workbook(name: str, data: bytes) -> bool:
    names = set(_archive(name, data).namelist())
    return "[Content_Types].xml" in names or "content.xml" in names


def _unzipped(name: str, data: bytes) -> bytes:
    archive = _archive(name, data)
    members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
    if len(members) != 1:
        listed = ", ".join(m.filename for m in members[:5]) or "nothing"
        raise InputError(
            say("the zip archive holds {count} files ({names}).", count=len(members), names=listed),
            where=name,
            fix=say("Unpack it and give one file."),
        )
    check_packed(name, len(data))
    check_unpacked(name, len(data), members[0].file_size)
    try:
        return archive.read(members[0])
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        fix = say("Unpack it and give the file inside.")
        raise InputError(say("the zip archive is damaged or asks for a password."), where=name, fix=fix) from None


def _kind(name: str, data: bytes, is_text: bool) -> Kind:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return "workbook"
    if data.startswith(b"PAR1"):
        return "parquet"
    found = next((what for magic, what in FOREIGN.items() if data.startswith(magic)), None)
    if found is not None or (not is_text and _is_binary(data)):
        raise InputError(
            say("this is no table: it holds {found}.", found=spoken(found) if found else say("binary data")),
            where=name,
            fix=spoken(READABLE),
        )
    return "json" if JSON_START.match(data.removeprefix(b"\xef\xbb\xbf")) else "text"


def _is_binary(data: bytes) -> bool:
    if data.startswith(UTF16_MARKS):
        return False
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, CONTROL))
    return controls > max(2, len(sample) // 50)
