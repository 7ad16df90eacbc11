"""How do the figures read? Tables in Markdown, put between the marks of docs/benchmarks.md, one pair for each group."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import pairwise

from benchmarks.measure import ROOT, Figures
from benchmarks.peers import PEERS, version_of
from benchmarks.questions import EVERYBODY, PANDAS, POLARS, PRODUCT, QUESTIONS, RFM, RULES, SQL, Question

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- figures: {} -->", "<!-- end of figures: {} -->"
PACKAGES = ("duckdb", "narwhals", "polars", "pandas", "pyarrow")
WHOLE_GOAL = 3.5
GOALS = {PANDAS: "≥ 10", POLARS: "≥ 1"} | dict.fromkeys(PEERS, "≥ 8 at ≤ 0.33 of the memory")
TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass
class Results:
    """What one run found. figures: by question and row count, then by contestant."""

    rounds: int
    figures: dict[tuple[str, int], dict[str, Figures]] = field(default_factory=dict)
    row_counts: dict[tuple[str, int], int] = field(default_factory=dict)
    whole: dict[str, tuple[float, float]] = field(default_factory=dict)


def texts(results: Results, questions: tuple[Question, ...]) -> dict[str, str]:
    """All tables of one run, for each group of which something was measured."""
    groups = {name: tuple(q for q in questions if q.group == name) for name in (RULES, RFM)}
    return {name: _text(results, name, asked) for name, asked in groups.items() if asked}


def put(tables: dict[str, str]) -> None:
    """The page with these tables in the place of the last ones."""
    page = PAGE.read_text()
    for group, text in tables.items():
        begin, end = (mark.format(group) for mark in (BEGIN, END))
        before, after = page[: page.index(begin) + len(begin)], page[page.index(end) :]
        page = f"{before}\n{text}\n{after}"
    PAGE.write_text(page)


def _text(results: Results, group: str, questions: tuple[Question, ...]) -> str:
    parts = [_machine(results, questions), _against_sql(results, questions), _everybody(results, questions)]
    if group == RFM:
        parts.append(_against_peers(results, questions))
    parts.append(_growth(results, questions))
    if group == RULES and results.whole:
        parts.append(_whole(results))
    return "\n\n".join(part for part in parts if part)


def _machine(results: Results, questions: tuple[Question, ...]) -> str:
    peers = [name for name in PEERS if any(name in asked.contestants for asked in questions)]
    used = ", ".join([*(f"{name} {version(name)}" for name in PACKAGES), *map(version_of, peers)])
    return (
        f"{datetime.now(UTC).date()}, {platform.system()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}; {used}. "
        f"{results.rounds} processes for each figure, four answers in each; "
        f"programs that wanted a processor at the end: {os.getloadavg()[2]:.1f} (one is this run)."
    )


def _against_sql(results: Results, questions: tuple[Question, ...]) -> str:
    head = ("question", "invoices", "rows", "wall", "cpu", "memory", "process", "first answer", "to reach (wall)")
    lines = []
    for asked in questions:
        for count in _counts(results, asked):
            ours, theirs = (results.figures[asked.name, count][name] for name in (PRODUCT, SQL))
            goal = asked.goals.get(count)
            ratios = (getattr(ours, what) / getattr(theirs, what) for what in ("wall", "cpu", "added", "peak", "first"))
            rows = results.row_counts[asked.name, count]
            lines.append((
                asked.title, _count(count), _count(rows), *(f"{r:.2f}{TIMES}" for r in ratios),
                f"≤ {goal}{TIMES}" if goal else "",
            ))  # fmt: skip
    return "### Cartera against SQL by hand\n\n" + _table(head, lines)


def _everybody(results: Results, questions: tuple[Question, ...]) -> str:
    contestants = tuple(who for who in EVERYBODY if any(who in asked.contestants for asked in questions))
    head = ("question", "invoices", *(f"{PEERS.get(who, who)} {what}" for who in contestants for what in ("s", "MB")))
    lines = []
    for asked in questions:
        for count in _counts(results, asked):
            found = results.figures[asked.name, count]
            cells = (_seconds_and_memory(found.get(who)) for who in contestants)
            lines.append((asked.title, _count(count), *(cell for pair in cells for cell in pair)))
    return "### Everybody: seconds of wall clock, peak memory of the process\n\n" + _table(head, lines)


def _seconds_and_memory(found: Figures | None) -> tuple[str, str]:
    return (f"{found.wall:.2f}", f"{found.peak:,.0f}") if found else ("", "")


def _against_peers(results: Results, questions: tuple[Question, ...]) -> str:
    """How often Cartera answers while the others answer once; the view with its scores beside their bare summary."""
    summaries = next(q for q in QUESTIONS if q.group == RFM and set(PEERS) <= set(q.contestants))
    lines = []
    for asked in questions:
        for count in _counts(results, asked):
            ours = results.figures[asked.name, count][PRODUCT]
            alike = [name for name in asked.contestants if name not in (PRODUCT, SQL)]
            unlike = [name for name in PEERS if name not in alike]
            others = results.figures.get((summaries.name, count), {}) | results.figures[asked.name, count]
            for who in (name for name in (*alike, *unlike) if name in others):
                wall, cpu = (getattr(others[who], what) / getattr(ours, what) for what in ("wall", "cpu"))
                added, peak = (getattr(ours, what) / getattr(others[who], what) for what in ("added", "peak"))
                figures = (f"{wall:.2f}", f"{cpu:.2f}", f"{added:.2f}", f"{peak:.2f}")
                lines.append(
                    (
                        asked.title,
                        _count(count),
                        PEERS.get(who, who),
                        *figures,
                        GOALS[who] if who in alike else "unlike",
                    )
                )
    head = (
        "question",
        "invoices",
        "beside",
        "times as fast, wall",
        "cpu",
        "of its memory",
        "of its process",
        "to reach",
    )
    return "### Cartera beside other programs\n\n" + _table(head, lines)


def _growth(results: Results, questions: tuple[Question, ...]) -> str:
    lines = []
    for asked in questions:
        counts = _counts(results, asked)
        for small, large in pairwise(counts):
            few, many = (results.figures[asked.name, count][PRODUCT] for count in (small, large))
            shares = (getattr(many, what) / getattr(few, what) * small / large for what in ("wall", "cpu"))
            span = f"{_count(small)} → {_count(large)}"
            lines.append((asked.title, span, *(f"{share:.2f}" for share in shares), "≤ 1.15"))
    head = ("question", "invoices", "wall ÷ linear", "cpu ÷ linear", "to reach")
    return "### Growth of Cartera's time\n\n" + _table(head, lines) if lines else ""


def _whole(results: Results) -> str:
    bare = results.whole[SQL]
    lines = [
        (
            name,
            f"{wall:.2f}",
            f"{cpu:.2f}",
            f"{wall / bare[0]:.2f}{TIMES}",
            f"≤ {WHOLE_GOAL}{TIMES}" if name == PRODUCT else "",
        )
        for name, (wall, cpu) in results.whole.items()
    ]
    head = ("process", "wall s", "cpu s", "of the bare query", "to reach")
    return "### A whole command: composition of a CSV of 20,000 invoices\n\n" + _table(head, lines)


def _counts(results: Results, asked: Question) -> list[int]:
    return sorted(count for name, count in results.figures if name == asked.name)


def _count(number: int) -> str:
    return f"{number:,}"


def _table(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    rule = ("---", *("---:" for _ in head[1:]))
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *lines))
