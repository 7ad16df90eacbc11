"""What does an import cost? `cartera import` of 541,909 rows against csv and executemany of the same rows."""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import ROOT, environment, turns
from benchmarks.whole import CARTERA, timed

NAME = "import"
GOAL = 6.0
FILE = Path(os.environ.get("CARTERA_SHARED") or ROOT.parent / "shared") / "data" / "online_retail_uci.csv.gz"
BARE = """
import csv, gzip, sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute("PRAGMA journal_mode=WAL")
db.execute("PRAGMA synchronous=FULL")
db.execute("CREATE TABLE lines (id INTEGER PRIMARY KEY, number TEXT, code TEXT, description TEXT, quantity INTEGER,"
           " day TEXT, price TEXT, client TEXT, country TEXT)")
into = "INSERT INTO lines (number, code, description, quantity, day, price, client, country) VALUES (?,?,?,?,?,?,?,?)"
with gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="") as file, db:
    rows = csv.reader(file)
    next(rows)
    db.executemany(into, rows)
"""
US, AGAIN, THEM = "cartera import", "the same rows again, in other bytes", "csv and executemany"


def run(rounds: int) -> str:
    """The table: seconds of whole processes and their ratio to the bare one."""
    if not FILE.exists():
        return f"No shared data: {FILE.name} is not in ../shared (or the folder that CARTERA_SHARED names)."
    seen: dict[str, list[tuple[float, float]]] = {US: [], AGAIN: [], THEM: []}
    for number in range(rounds):
        with TemporaryDirectory() as folder:
            for name in turns((US, THEM), number):
                seen[name].append(timed(command(name, Path(folder))))
            seen[AGAIN].append(timed(command(AGAIN, Path(folder))))
    medians = {name: (median(w for w, _ in times), median(c for _, c in times)) for name, times in seen.items()}
    return table(medians, rounds)


def command(name: str, folder: Path) -> list[str]:
    """The process to time; a workspace is made before."""
    if name == THEM:
        return [sys.executable, "-c", BARE, str(FILE), str(folder / "bare.sqlite3")]
    workspace = folder / "workspace"
    if not workspace.exists():
        subprocess.run([CARTERA, "init", str(workspace)], check=True, capture_output=True, env=environment())
    if name == US:
        return [CARTERA, "import", str(FILE), "--yes", "--workspace", str(workspace)]
    unpacked = folder / "unpacked.csv"
    with gzip.open(FILE) as packed, unpacked.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return [CARTERA, "import", str(unpacked), "--yes", "--workspace", str(workspace)]


def table(medians: dict[str, tuple[float, float]], rounds: int) -> str:
    """The figures in Markdown."""
    bare = medians[THEM]
    rows = [("process", "wall s", "cpu s", "wall ÷ bare", "cpu ÷ bare", "to reach"), ("---", *["---:"] * 5)]
    for name, (wall, cpu) in medians.items():
        ratios = f"{wall / bare[0]:.2f}", f"{cpu / bare[1]:.2f}"
        rows.append((name, f"{wall:.2f}", f"{cpu:.2f}", *ratios, f"≤ {GOAL:g}" if name == US else ""))
    told = f"{datetime.now(UTC).date()}, {platform.system()}, {os.cpu_count()} processors, Python "
    told += f"{platform.python_version()}; {rounds} processes for each figure; programs that wanted a processor at the "
    told += f"end: {os.getloadavg()[2]:.1f} (one is this run).\n"
    return "\n".join([told, "### An import of 541,909 rows\n", *(f"| {' | '.join(cells)} |" for cells in rows)])
