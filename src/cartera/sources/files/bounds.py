"""Is a file what it claims to be? Archives are measured while they are unpacked, sheets before they fill the memory."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from cartera.errors import InputError
from cartera.tongue import say

LARGEST_PACKED, LARGEST_UNPACKED, LARGEST_FACTOR = 200 << 20, 2 << 30, 200
SMALL = 10 << 20  # below this the unpacking factor says nothing: a file of zeros packs a thousandfold
LONGEST_LINE = 16 << 20  # bytes; a whole export on one line, or no table at all
PIECE = 1 << 20
AREA, EMPTIER = 10_000_000, 20  # cells of a sheet from first to last, and how many of them may be empty for a full one
CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
OVERLAP = 32  # bytes: longer than what CELL finds
LETTERS = 26


def check_packed(name: str, size: int) -> None:
    """InputError: the archive is too large to begin with."""
    if size > LARGEST_PACKED:
        raise InputError(
            say("the archive is larger than {size} MB.", size=LARGEST_PACKED >> 20),
            where=name,
            fix=say("Split it, or unpack it."),
        )


def check_unpacked(name: str, packed: int, unpacked: int) -> None:
    """InputError: the archive grows to more than any table would."""
    if unpacked > LARGEST_UNPACKED or (unpacked > SMALL and unpacked > packed * LARGEST_FACTOR):
        fix = say("Unpack it yourself if you trust it, and split it.")
        raise InputError(say("the archive unpacks to more than is reasonable."), where=name, fix=fix)


def gunzipped_size(data: bytes) -> Iterator[int]:
    """How many bytes came out so far, piece by piece; nothing is kept. zlib.error: it is damaged."""
    size, left = 0, data
    while left:
        unpacker = zlib.decompressobj(wbits=31)
        while left and not unpacker.eof:
            size += len(unpacker.decompress(left, PIECE))
            left = unpacker.unconsumed_tail
            yield size
        left = unpacker.unused_data.lstrip(b"\0")


def check_lines(name: str, data: bytes) -> None:
    """InputError: a line is longer than any row of a table."""
    at = 0
    while len(data) - at > LONGEST_LINE:
        last = max(data.rfind(b"\n", at, at + LONGEST_LINE), data.rfind(b"\r", at, at + LONGEST_LINE))
        if last < 0:
            raise InputError(
                say("there is a line of more than {size} MB.", size=LONGEST_LINE >> 20),
                where=name,
                fix=say("Export it again, one row on a line."),
            )
        at = last + 1


def check_workbook(name: str, data: bytes) -> None:
    """InputError: the workbook unpacks to too much, is damaged, or a stray cell makes it immense."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        check_packed(name, len(data))
        check_unpacked(name, len(data), sum(one.file_size for one in members))
        for member in members:
            if member.filename.startswith("xl/worksheets/"):
                _check_area(name, archive, member)


def _check_area(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """The reader makes room for every cell between the first and the last, filled or not."""
    width = height = count = 0
    for cells in _cells(name, archive, member):
        count += len(cells)
        width = max([width, *map(_number, {letters for letters, _ in cells})])
        height = max([height, *(int(row) for _, row in cells[-1:])])
    if width * height > AREA and width * height > EMPTIER * count:
        raise InputError(
            say(
                "a sheet reaches to row {height} and column {width}, and nearly all of it is empty.",
                height=height,
                width=width,
            ),
            where=name,
            fix=say("Delete the stray cell far below or to the right, or save the sheet as CSV."),
        )


def _cells(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[list[tuple[bytes, bytes]]]:
    tail = b""
    try:
        with archive.open(member) as file:
            while piece := file.read(PIECE):
                text = tail + piece
                found = [*CELL.finditer(text)]
                yield [(one[1], one[2]) for one in found]
                end = found[-1].end() if found else 0
                tail = text[max(end, len(text) - OVERLAP) :]
    except (zipfile.BadZipFile, zlib.error, EOFError):
        fix = say("Save or download it again.")
        raise InputError(say("the workbook or zip archive is damaged or cut off."), where=name, fix=fix) from None
    except (RuntimeError, NotImplementedError):  # encrypted, or packed in a way that the reader may know
        return


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number
