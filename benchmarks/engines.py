"""From how many rows on is DuckDB the quicker engine? The same views in memory (Polars) and in DuckDB, taking turns."""

from __future__ import annotations

import os
import platform
import time
from datetime import UTC, datetime
from statistics import median
from typing import Any

from benchmarks.data import DAY, Data, make

NAME = "engines"
SIZES = (2_000, 20_000, 200_000, 1_000_000)
VIEWS = ("composition", "clients", "signals", "figures", "moves", "timeline")
ENGINES = ("memory", "DuckDB")


def run(rounds: int) -> str:
    """The table of all sizes."""
    from importlib.metadata import version

    used = ", ".join(f"{name} {version(name)}" for name in ("polars", "duckdb", "narwhals", "pyarrow"))
    lines = [
        f"{datetime.now(UTC).date()}, {platform.system()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}; {used}. Medians of {rounds} answers; programs that wanted a processor at "
        f"the end: {os.getloadavg()[2]:.1f} (one is this run).",
        "",
        "| invoices | view | in memory: wall ms | cpu ms | DuckDB: wall ms | cpu ms | DuckDB ÷ memory, wall |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for count in SIZES:
        for view, found in measured(count, rounds).items():
            memory, duckdb = (found[name] for name in ENGINES)
            figures = " | ".join(f"{value:.0f}" for value in (*memory, *duckdb))
            lines.append(f"| {count:,} | {view} | {figures} | {duckdb[0] / memory[0]:.1f} |")
            print(lines[-1], flush=True)
    return "\n".join(lines)


def measured(count: int, rounds: int) -> dict[str, dict[str, tuple[float, float]]]:
    """View -> engine -> median milliseconds of wall clock and processor. Before, both give the same number of rows."""
    from cartera.app.scope import EVERYTHING
    from cartera.app.show import Ask, show, view_called
    from cartera.portfolio.policy import Policy

    sources = opened(count)
    ask = Ask(Policy.kopilot(), None, DAY)
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for name in VIEWS:
        view = view_called(name)
        rows = {engine: show(EVERYTHING, source, view, ask).rows for engine, source in sources.items()}
        if len({(table.num_rows, str(table.schema)) for table in rows.values()}) != 1:
            raise SystemExit(f"{name} of {count} invoices differs between the engines")
        times: dict[str, list[tuple[float, float]]] = {engine: [] for engine in sources}
        for _ in range(rounds):
            for engine, source in sources.items():
                wall, cpu = time.perf_counter(), time.process_time()
                show(EVERYTHING, source, view, ask)
                times[engine].append((time.perf_counter() - wall, time.process_time() - cpu))
        found[name] = {
            engine: (1000 * median(wall for wall, _ in seen), 1000 * median(cpu for _, cpu in seen))
            for engine, seen in times.items()
        }
    return found


def opened(count: int) -> dict[str, Any]:
    """The same facts, a tenth of the clients with decisions, in either engine."""
    import pyarrow.parquet as pq

    from cartera.app.sources import Opened
    from cartera.engine import open_facts
    from cartera.engine.duckdb import DuckDB
    from cartera.engine.polars import Polars
    from cartera.facts.tables import Facts

    data = Data(count, with_decisions=True)
    make(data)
    tables = {name: pq.read_table(data.parquet(name)) for name in ("invoices", "clients", "marks")}
    rooms = dict(zip(ENGINES, (Polars, DuckDB), strict=True))
    return {name: Opened(name, open_facts(Facts(**tables), room(tables["invoices"]))) for name, room in rooms.items()}
