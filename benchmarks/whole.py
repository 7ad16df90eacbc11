"""What does a whole command cost? `cartera show composition` on a CSV against Python with the bare query."""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import duckdb
from benchmarks.data import CACHE, DAY, Data
from benchmarks.measure import environment, turns

ROW_COUNT = 20_000
CARTERA = str(Path(sys.executable).with_name("cartera"))
FILE = CACHE / f"invoices-{ROW_COUNT}.csv"
QUERY = f"""
SELECT CASE WHEN DATE '{DAY}' <= last_on + INTERVAL 4 MONTH THEN 'active'
    WHEN DATE '{DAY}' <= last_on + INTERVAL 8 MONTH THEN 'sleeping_away'
    WHEN DATE '{DAY}' - last_on <= 370 THEN 'hibernating'
    WHEN DATE '{DAY}' - last_on <= 400 THEN 'leaving' ELSE 'lost' END AS segment,
    count(*), sum(year_amount)
FROM (SELECT client_id, max(issued_on) FILTER (amount > 0) AS last_on,
        sum(amount) FILTER (issued_on > DATE '{DAY}' - 365) AS year_amount
    FROM '{FILE}' WHERE issued_on <= DATE '{DAY}' GROUP BY client_id)
WHERE last_on IS NOT NULL
GROUP BY segment"""
COMMANDS = {
    "cartera": [CARTERA, "show", "composition", str(FILE), "--day", f"{DAY}", "--format", "csv"],
    "sql": [sys.executable, "-c", f"import duckdb; print(duckdb.sql({QUERY!r}))"],
    "import duckdb": [sys.executable, "-c", "import duckdb"],
}


def make_file(data: Data) -> None:
    """Invoices of so many clients of the measured data that there are 20,000 of them."""
    if FILE.exists():
        return
    with duckdb.connect(data.database, read_only=True) as connection:
        rows = connection.execute(
            "SELECT invoice_id, client_id, issued_on, amount FROM invoices WHERE client_id IS NOT NULL "
            f"ORDER BY hash(client_id), issued_on, invoice_id LIMIT {ROW_COUNT}"
        ).fetchall()
    with FILE.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["invoice_id", "client_id", "issued_on", "amount"])
        writer.writerows(rows)


def measured(rounds: int) -> dict[str, tuple[float, float]]:
    """Median seconds, of wall clock and of processor, of each whole process."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for number in range(rounds):
        for name in turns(tuple(COMMANDS), number):
            seen[name].append(timed(COMMANDS[name]))
    return {name: (median(w for w, _ in times), median(c for _, c in times)) for name, times in seen.items()}


def timed(command: list[str]) -> tuple[float, float]:
    before, start = _children(), time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment())
    wall = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} ...:\n{done.stderr}")
    return wall, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
