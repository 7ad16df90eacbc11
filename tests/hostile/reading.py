"""How much memory does a file take to be read or refused? python -m tests.hostile.reading FILE prints megabytes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cartera.errors import CarteraError
from cartera.sources.files import ReadOptions, read_file

if __name__ == "__main__":
    try:
        told = read_file(Path(sys.argv[1]), ReadOptions()).counts.equation
    except CarteraError as problem:
        told = problem.what
    # Not ru_maxrss: it remembers how large the process was that started this one.
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(int(peak[1]) >> 10, told)
