"""Did the tests really run? Reads a JUnit report and fails when a folder of tests, or a file in it, ran nothing.

counted.py REPORT [--no-skips | --only-these]: with either only the tests in the report are judged; a skip under
--no-skips is a failure. A file of which every test is left to another target of the Makefile ran nothing rightly:
pytest names those files beside the report (tests/conftest.py).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]


def counts(report: Path) -> dict[str, Counter[str]]:
    """Test file -> how many of its tests passed, were skipped, failed."""
    found: dict[str, Counter[str]] = {}
    for case in ET.parse(report).iter("testcase"):
        verdict = next((child.tag for child in case if child.tag in {"skipped", "failure", "error"}), "passed")
        found.setdefault(case.get("classname", ""), Counter())[verdict] += 1
    return found


def module(path: Path) -> str:
    """The dotted name under which a report lists a test file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def left_to_others(report: Path) -> set[str]:
    """The test files of which the run left out every test by its marks."""
    beside = report.with_suffix(".left")
    return set(beside.read_text(encoding="utf-8").split()) if beside.exists() else set()


def silent(found: dict[str, Counter[str]], left: set[str]) -> list[str]:
    """The test files, and the folders of them, that ran nothing and were not left to another target."""
    complaints = []
    every = sorted((ROOT / "tests").rglob("test_*.py"))
    files = [path for path in every if path.relative_to(ROOT).as_posix() not in left]
    for path in files:
        name = module(path)
        if not any(seen == name or seen.startswith(name + ".") for seen in found):
            complaints.append(f"{path.relative_to(ROOT)}: no test of it was run")
    for folder in sorted({path.parent for path in files}):
        passed = sum(count["passed"] for seen, count in found.items() if seen.startswith(module(folder) + "."))
        if not passed:
            complaints.append(f"{folder.relative_to(ROOT)}/: nothing in it passed")
    return complaints


def main() -> int:
    """Exit status 0 when the report shows that the tests ran, 1 with a sentence for each that did not."""
    parser = argparse.ArgumentParser()
    parser.add_argument("report", type=Path)
    parser.add_argument("--no-skips", action="store_true")
    parser.add_argument("--only-these", action="store_true")
    asked = parser.parse_args()
    found = counts(asked.report)
    total: Counter[str] = sum(found.values(), Counter())
    if asked.no_skips:
        complaints = [f"{name}: {count['skipped']} skipped" for name, count in found.items() if count["skipped"]]
    else:
        complaints = [] if asked.only_these else silent(found, left_to_others(asked.report))
    if not total["passed"]:
        complaints.append("not one test passed")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    failed = total["failure"] + total["error"]
    print(f"{asked.report.name}: {total['passed']} passed, {total['skipped']} skipped, {failed} failed")
    return 1 if complaints or failed else 0


if __name__ == "__main__":
    sys.exit(main())
