"""What does a change of a few invoices cost? Columns completed, and one question answered, beside columns made anew."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any
from zlib import crc32

from benchmarks.data import CACHE, DAY, Data, make
from benchmarks.measure import ROOT

NAME = "columns"
CHANGED = 100
MOST = 1_000_000  # invoices: a ledger of ten times as many takes ten minutes to fill
COMPLETED_GOAL, WHOLE_GOAL = 50, 5
START = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 50_000


@dataclass(frozen=True)
class Measured:
    """Median seconds: of columns made anew and completed, alone and with the answer of `composition`."""

    invoices: int
    rebuilt: float
    completed: float
    rebuilt_whole: float
    completed_whole: float


def measured(count: int, rounds: int) -> Measured:
    """The figures for a ledger of so many invoices. Before anything is timed, both ways give the same answer."""
    from cartera.app.workspace.place import open_workspace

    folder = ledger(count)
    book = open_workspace(str(folder))
    seen = [_round(folder, book, number) for number in range(rounds + 1)][1:]  # the first one loads libraries
    return Measured(count, *(median(one) for one in zip(*seen, strict=True)))


def _round(folder: Path, book: Any, number: int) -> tuple[float, float, float, float]:
    columns = folder / "columns"
    shutil.rmtree(columns, ignore_errors=True)
    rebuilt = timed(lambda: refresh(book, columns))
    change(book, number)
    started = time.perf_counter()
    added = refresh(book, columns)
    completed = time.perf_counter() - started
    if added != CHANGED:
        raise SystemExit(f"{CHANGED} invoices changed and {added} were added to the columns")
    again = timed(lambda: answered(folder))
    change(book, number + 500)
    started = time.perf_counter()
    answer = answered(folder)
    completed_whole = time.perf_counter() - started
    shutil.rmtree(columns)
    started = time.perf_counter()
    anew = answered(folder)
    rebuilt_whole = time.perf_counter() - started
    if answer != anew:
        raise SystemExit(f"columns that were completed answer otherwise: {answer} and {anew}")
    print(f"{rebuilt:.2f} s anew, {completed:.3f} s completed, {again:.2f} s answered from what is there", flush=True)
    return rebuilt, completed, rebuilt_whole, completed_whole


def refresh(book: Any, columns: Path) -> int:
    """The columns of now; how many invoices were added to those that were there."""
    from cartera.ledger.columns.refresh import refreshed

    found = refreshed(book, columns, book.facts_version, print)
    return found.delta.rows("invoices") if found.delta else 0


def answered(folder: Path) -> list[dict[str, Any]]:
    """The composition of the workspace, from the ledger on."""
    import cartera

    return cartera.composition(cartera.open(str(folder)), day=DAY).to_pylist()


def timed(work: Callable[[], Any]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def change(book: Any, number: int) -> None:
    """Other amounts for some invoices, as an import of a newer export brings them."""
    from cartera.ledger.models import Invoice

    held = Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False, id__gt=number * 1_000)
    rows = [
        {name: getattr(row, name) for name in Invoice.COLUMNS} | {"amount": row.amount + number + 1}
        for row in held.order_by("id")[:CHANGED]
    ]
    published(book, iter(rows))


def ledger(count: int) -> Path:
    """A workspace with so many plain invoices; nothing happens when it is there."""
    folder = CACHE / f"ledger-{count}-{tables():08x}"
    if (folder / "ready").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    data = Data(count, with_decisions=False)
    make(data)
    from cartera.app.workspace.place import create

    book = create(str(folder), "Measured", currency="EUR")
    seconds = timed(lambda: published(book, invoices(data)))
    print(f"{count:,} invoices staged and published in {seconds:.0f} s", flush=True)
    (folder / "ready").touch()
    return folder


def tables() -> int:
    """A number that changes with the tables of a ledger: one that was made before has other ones."""
    steps = sorted((ROOT / "src" / "cartera" / "ledger" / "migrations").glob("*.py"))
    return crc32(b"".join(step.read_bytes() for step in steps))


def invoices(data: Data) -> Iterator[dict[str, Any]]:
    """The made-up invoices, row by row."""
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(data.parquet("invoices")).iter_batches(BATCH):
        yield from batch.to_pylist()


def published(book: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Invoices as one import."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Change, Invoice
    from cartera.ledger.stage import publish, stage

    staged = stage(book, Invoice, map(staged_row, rows))
    at = START.replace(microsecond=Change.objects.using(book.alias).count())
    with entry(book, "import", at=at, by="bench") as made:
        publish(made, staged)


def staged_row(row: dict[str, Any]) -> tuple[Any, ...]:
    """One invoice as it is staged."""
    from cartera.ledger.digest import digest
    from cartera.ledger.fields import scaled
    from cartera.ledger.models import Invoice

    money = ("amount", "base_amount", "open_amount")
    usual = {"kind": "invoice", "state": "issued", "currency": "EUR", "more": "{}"}
    told = usual | {name: value for name, value in row.items() if value is not None}
    values = [_stored(told.get(name), is_money=name in money, scaled=scaled) for name in Invoice.COLUMNS]
    return ("bench", "invoice", str(row["invoice_id"]), digest(values), False, *values)


def _stored(value: Any, *, is_money: bool, scaled: Callable[[Any], int | None]) -> Any:
    if is_money:
        return scaled(value)
    return value.isoformat() if isinstance(value, date) else value


def text(found: list[Measured], rounds: int) -> str:
    """The figures as a table of Markdown."""
    from importlib.metadata import version

    used = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "adbc-driver-sqlite", "django"))
    lines = [
        f"{datetime.now(UTC).date()}, {platform.system()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}; {used}. {rounds} rounds, SQLite; programs that wanted a processor at the "
        f"end: {os.getloadavg()[2]:.1f} (one is this run).",
        "",
        f"| {CHANGED} changed invoices among | what | anew s | completed s | times cheaper | to reach |",
        "| ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    for one in found:
        for what, anew, completed, goal in (
            ("the columns", one.rebuilt, one.completed, COMPLETED_GOAL),
            ("columns and `composition`", one.rebuilt_whole, one.completed_whole, WHOLE_GOAL),
        ):
            lines.append(
                f"| {one.invoices:,} | {what} | {anew:.2f} | {completed:.3f} | {anew / completed:.0f} | ≥ {goal} |"
            )
    return "\n".join(lines)


def run(counts: list[int], rounds: int) -> str:
    """The table of all sizes."""
    found = [replace(measured(count, rounds), invoices=count) for count in sorted(counts)]
    return text(found, rounds)
