"""A run of the real program: what it loads, how it ends when nobody reads on, and that nobody sees a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "cartera.cli.main"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80"}
DEMO = ["show", "activity", "demo", "--day", "2026-03-31"]


def ran(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *words], capture_output=True, env=ENVIRONMENT, check=False, timeout=120)


def test_the_status_of_a_wrong_word_reaches_the_shell():
    ended = ran("show", "activity", "demo", "--day", "yesterday")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode() == "--day: 'yesterday' is not a day. Write year-month-day: 2026-03-31.\n"


def test_a_reader_that_stops_early_is_no_error():
    writing = subprocess.Popen(
        [*PROGRAM, *DEMO, "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    assert writing.stdout is not None
    writing.stdout.close()
    _, told = writing.communicate(timeout=120)
    assert (writing.returncode, told) == (0, b"")


@pytest.mark.skipif(os.name == "nt", reason="signals are different on Windows")
def test_an_interrupted_run_says_so_without_a_traceback():
    running = subprocess.Popen([*PROGRAM, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=120)
    assert b"Traceback" not in told
    assert running.returncode in (0, 130)


def test_data_is_utf_8_whatever_the_terminal_speaks():
    ended = subprocess.run(
        [*PROGRAM, *DEMO, "--format", "csv"],
        capture_output=True,
        env=ENVIRONMENT | {"PYTHONIOENCODING": "ascii"},
        check=True,
        timeout=120,
    )
    assert ended.stdout.decode("utf-8").startswith("client_id,name,segment")


@pytest.mark.parametrize(
    ("words", "never"),
    [
        (["views"], ["duckdb", "pyarrow", "rich.table", "altair", "pandas", "polars", "xlsxwriter"]),
        (
            [*DEMO, "--format", "json"],
            ["duckdb", "numpy", "pandas", "rich.table", "altair", "xlsxwriter", "vl_convert"],
        ),
        (DEMO, ["duckdb", "numpy", "pandas", "altair", "xlsxwriter", "vl_convert"]),
    ],
)
def test_a_command_loads_only_what_it_needs(words: list[str], never: list[str]):
    script = (
        "import sys\nfrom cartera.cli import light, main\nlight.start_light()\nmain.main()\n"
        "sys.stderr.write(' '.join(name for name in sys.modules if sys.modules[name]))"
    )
    command = [sys.executable, "-c", script, *words]
    ended = subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=True, timeout=120)
    assert not set(never) & set(ended.stderr.decode().split())
