"""Which invoices are measured? Made from a seed by DuckDB alone, once per size, into build/benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

CACHE = Path(__file__).resolve().parents[1] / "build" / "benchmarks"
QUERIES = Path(__file__).parent / "sql"
DAY = date(2024, 11, 30)
TABLES = ("invoices", "clients", "marks")
PURCHASES = "purchases"  # the part of the invoices that every program for RFM understands alike
INVOICES_PER_CLIENT = 20
SEED = 2026


@dataclass(frozen=True)
class Data:
    """invoice_count plain rows; with_decisions: a tenth of the clients also have plans, marks, credits and voids."""

    invoice_count: int
    with_decisions: bool

    @property
    def folder(self) -> Path:
        kind = "decisions" if self.with_decisions else "plain"
        return CACHE / f"{kind}-{self.invoice_count}"

    @property
    def database(self) -> Path:
        return self.folder / "facts.duckdb"

    def parquet(self, table: str) -> Path:
        return self.folder / f"{table}.parquet"


def make(data: Data) -> None:
    """The fact tables and the purchases as Parquet and as a database; nothing happens when they are there."""
    if data.database.exists() and data.parquet(PURCHASES).exists():
        return
    import duckdb  # not at the top: nobody's memory is to hold another contestant's library

    data.folder.mkdir(parents=True, exist_ok=True)
    building = data.folder / "building.duckdb"
    building.unlink(missing_ok=True)
    with duckdb.connect(building) as connection:
        connection.execute(f"SET VARIABLE invoice_count = {data.invoice_count}")
        connection.execute(f"SET VARIABLE client_count = {data.invoice_count // INVOICES_PER_CLIENT}")
        connection.execute(f"SET VARIABLE seed = {SEED}")
        connection.execute(f"SET VARIABLE is_decided = {data.with_decisions}")
        connection.execute((QUERIES / "data.sql").read_text())
        for table in (*TABLES, PURCHASES):
            connection.execute(f"COPY (FROM {table}) TO '{data.parquet(table)}' (FORMAT parquet)")
    building.rename(data.database)
