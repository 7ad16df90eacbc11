"""How long do others wait, and how long until all is back, with many invoices? python -m tests.chaos.large 1000000

Prints seconds: the write lock of publishing, the same when nothing changed, a proved backup, putting it back.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tests.ledgers  # noqa: F401 - sets Django up before any model is imported
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.backup.make import backup
from cartera.app.workspace.backup.restore import restore
from cartera.app.workspace.place import open_workspace
from cartera.app.workspace.start import start
from cartera.ledger.entry import entry
from cartera.ledger.models import Invoice
from cartera.ledger.stage import Published, publish, stage
from tests.ledger.facts import invoice_row, moment


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    """So many invoices."""
    return (invoice_row(f"invoice-{one}", Decimal(one % 90_000) / 100) for one in range(count))


def published(workspace: str, count: int) -> tuple[float, Published]:
    """Seconds for which nobody else could write, and what became of the rows."""
    book = open_workspace(workspace)
    staged = stage(book, Invoice, rows(count))
    begun = time.monotonic()
    with entry(book, "import", at=moment(0), by="Ana") as made:
        found = publish(made, staged)
    return time.monotonic() - begun, found


def timed(work: Callable[[], Any]) -> float:
    """Seconds that the work took."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def main(count: int) -> None:
    """Print the four figures."""
    with TemporaryDirectory(prefix="cartera-large-") as name:
        room = Path(name)
        workspace, file = str(room / "acme"), str(room / "one.cartera")
        start(EVERYTHING, workspace)
        print(f"{count:,} invoices: published in {published(workspace, count)[0]:.2f} s of lock", flush=True)
        held, found = published(workspace, count)
        print(f"the same again, {found.unchanged:,} unchanged, in {held:.2f} s of lock", flush=True)
        print(
            f"backed up and proved in {timed(lambda: backup(EVERYTHING, open_workspace(workspace), file)):.1f} s",
            flush=True,
        )
        key = str(room / "acme" / "secret.key")
        print(f"put back in {timed(lambda: restore(EVERYTHING, file, str(room / 'again'), key=key)):.1f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1].replace("_", "")))
