"""Where does an answer go? Data to standard output or a file; all else to standard error."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cartera.app.export.formats import BINARY, PICTURE, TABLE, chosen, encoded
from cartera.cli.program import command
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cartera.app.opened import Opened
    from cartera.cli.options import Printing
    from cartera.views.view import Answer


def check_format(how: Printing) -> str:
    """The format to print in; refused before any work when it cannot be printed where it should."""
    name = chosen(how.format, how.output)
    _ = how.most_rows  # a wrong number is refused before the work, too
    if name in BINARY and not how.output and sys.stdout.isatty():
        raise CarteraError(f"{name} is no text for a screen.", fix=f"Write it to a file: --output answer.{name}.")
    return name


def tell_source(source: Opened) -> None:
    """What was understood of the source, and how many of its rows could not be read."""
    tell(source.understood)
    if source.problems:
        count = len(source.problems)
        rows = "1 row" if count == 1 else f"{count:,} rows"
        tell([f"{rows} could not be read; this lists them: {command('check', source.name)}"])


def tell(lines: Iterable[str]) -> None:
    """Write lines to standard error, after what stands on standard output."""
    sys.stdout.flush()
    sys.stderr.writelines(f"{line}\n" for line in lines)


def deliver(answer: Answer, how: Printing) -> None:
    """Print the answer, or write it to the file that was named; its notices come under it on standard error."""
    name = check_format(how)
    if name == TABLE:
        deliver_table(answer, how)
    else:
        deliver_data(encoded(answer, name, raw=how.raw), how.output)
    tell([*([written(answer, how)] if how.output else []), *answer.notices])


def written(answer: Answer, how: Printing) -> str:
    """What the file now holds: the rows of the answer, of a table those that it may have, or a picture."""
    name, count = check_format(how), answer.rows.num_rows
    if name == PICTURE:
        return f"Wrote {how.output}: a picture."
    rows = min(count, how.most_rows or count) if name == TABLE else count
    return f"Wrote {how.output}: {rows:,} {'row' if rows == 1 else 'rows'}."


def deliver_table(answer: Answer, how: Printing) -> None:
    """The table as text."""
    from cartera.cli.render.table import print_table

    if not how.output:
        print_table(answer, sys.stdout, limit=how.most_rows)
        return
    try:
        with Path(how.output).open("w", encoding="utf-8") as file:
            print_table(answer, file, limit=how.most_rows)
    except OSError as problem:
        raise unwritable(how.output, problem) from None


def deliver_data(data: bytes, output: str | None) -> None:
    """The bytes, unchanged."""
    if not output:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(data)
    except OSError as problem:
        raise unwritable(output, problem) from None


def unwritable(output: str, problem: OSError) -> CarteraError:
    """What to say when the output file cannot be written."""
    return CarteraError(
        f"cannot write {output!r}: {problem.strerror}.",
        where="--output",
        fix="Name a file in a folder that you may write to.",
    )
