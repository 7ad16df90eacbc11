"""How long do others wait, and how long until all is back, with many invoices? python -m tests.chaos.large 1000000

Prints seconds: how long an import of them takes and keeps others from writing, the same when every invoice changed and
when none did, a proved backup, putting it back. A second word is the address of a database for all but the backup.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from typing import Any

import tests.ledgers  # noqa: F401 - sets Django up before any model is imported
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.backup.make import backup
from cartera.app.workspace.backup.restore import restore
from cartera.app.workspace.place import open_workspace
from cartera.app.workspace.start import start
from cartera.ledger.batches import begin, publishing
from cartera.ledger.book import Book
from cartera.ledger.laid import begin_laying, lay
from cartera.ledger.models import Invoice
from cartera.ledger.stage import Published, stage
from tests.ledger.facts import invoice_row, moment


def rows(count: int, amount: int) -> Iterator[tuple[Any, ...]]:
    """So many invoices; another amount is another version of each."""
    return (invoice_row(f"invoice-{one}", Decimal(one % 90_000 + amount) / 100) for one in range(count))


def published(workspace: str, count: int, amount: int) -> tuple[float, float, float, Published]:
    """Seconds in all, the longest for which nobody else could write, those of the last step, and what became of all."""
    book, begun, longest = open_workspace(workspace), time.monotonic(), [0.0]
    change = begin(book, "import", at=moment(0), by="Ana")
    staged = stage(book, Invoice, rows(count, amount))
    begin_laying(book, change)
    with watched(book, longest):
        found = lay(book, change, staged)
    last = time.monotonic()
    with publishing(book, change, at=moment(0)) as made:
        made.is_changed = found.new + found.changed > 0
    last = time.monotonic() - last
    return time.monotonic() - begun, max(*longest, last), last, found


@contextmanager
def watched(book: Book, longest: list[float]) -> Iterator[None]:
    """Another process that writes every hundredth of a second; its longest wait goes into `longest`."""
    with Popen([sys.executable, "-m", "tests.chaos.waits", book.alias], stdin=PIPE, stdout=PIPE, text=True) as writer:
        assert writer.stdin is not None and writer.stdout is not None
        writer.stdout.readline()
        yield
        writer.stdin.close()
        longest.append(float(writer.stdout.readline()))


def timed(work: Callable[[], Any]) -> float:
    """Seconds that the work took."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def main(count: int, address: str = "") -> None:
    """Print the figures."""
    with TemporaryDirectory(prefix="cartera-large-") as name:
        room = Path(name)
        workspace, file = address or str(room / "acme"), str(room / "one.cartera")
        start(EVERYTHING, workspace)
        for what, amount in (("new", 0), ("changed", 1), ("as they were", 1)):
            whole, longest, last, found = published(workspace, count, amount)
            told = f"{found.new:,} new, {found.changed:,} changed, {found.unchanged:,} unchanged"
            print(
                f"{count:,} invoices, {what}: {told}; {whole:.1f} s, others waited {longest:.2f} s at most,"
                f" {last:.3f} s for the last step",
                flush=True,
            )
        if not address:
            _put_back(workspace, file, room)


def _put_back(workspace: str, file: str, room: Path) -> None:
    made = timed(lambda: backup(EVERYTHING, open_workspace(workspace), file))
    print(f"backed up and proved in {made:.1f} s", flush=True)
    key = str(room / "acme" / "secret.key")
    print(f"put back in {timed(lambda: restore(EVERYTHING, file, str(room / 'again'), key=key)):.1f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1].replace("_", "")), *sys.argv[2:])
