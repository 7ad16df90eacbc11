"""Which budgets of the app are met? Each with what was found, or with the test that measures it in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import answering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.visiting import Load
    from benchmarks.web import Found

SHARE, TAIL, KEPT, MANY = 0.25, 10, 1.5, (16, 64)
OVER_QUERIES, OVER_SNAPSHOT = 2, 1.3
WHAT_IF, FILTER, DECISION = 300, 100, 100  # milliseconds of processor
HELD, GROWN = 200, 0.05
BROWSER = (
    ("first load ≤ 150 kB, 8 requests; later 40 kB, pictures 25 kB; own CSS 20 kB, JS 16 kB", "test_weight.py"),
    ("layout shift 0", "test_smooth.py"),
)
LONGEST_TASK = (
    "| longest task of the main thread | ≤ 50 ms | in `make browser` ≤ 100 ms, whatever else the machine does "
    "(test_smooth.py); alone none above 50 ms in six of nine loads of the list, in eight or nine of every other page | "
    "met by most |"
)
Row = tuple[str, str, str, bool]


def budgets(found: Found) -> str:
    """A row for each budget."""
    rows = ["| budget | to reach | found | |", "| --- | ---: | ---: | --- |"]
    rows += [f"| {what} | {goal} | {told} | {'met' if met else 'not met'} |" for what, goal, told, met in told(found)]
    rows += [f"| {what} | | `tests/web/browser/{file}` | in `make browser` |" for what, file in BROWSER]
    return "\n".join([*rows, LONGEST_TASK])


def told(found: Found) -> Iterator[Row]:
    """What, the goal, what was found and whether that is enough."""
    pages = [one for one in found.loads if one.page not in ("/health", "/account") and one.visitors in MANY]
    kept, anew = ([one for one in pages if ("?" in one.page) == is_anew] for is_anew in (False, True))
    yield from loaded("pages whose facts stay", found.loads, kept)
    yield from loaded("the same, made anew each time", found.loads, anew)
    if found.busy:
        yield from loaded("while an import runs", found.busy, [one for one in found.busy if one.page != "/account"])
    alone = [one for one in found.loads if one.visitors == 1 and "?" not in one.page and one.page.count("/") > 1]
    worst = max(one.middle / empty(found.loads, one).middle for one in alone)
    yield "an answer already given, one visitor: p50 ÷ empty", f"≤ {KEPT}", f"{worst:.2f}", worst <= KEPT
    yield from within(found)
    whole, own = found.begun.whole, found.begun.own
    yield "memory of the server's process", f"≤ {HELD} MB", f"{whole} MB, {own} MB its own", whole <= HELD
    grown = found.soaked.own / found.begun.own - 1
    yield "growth while it is visited", f"< {GROWN:.0%}", f"{grown:+.1%}", grown < GROWN


def loaded(what: str, loads: list[Load], pages: list[Load]) -> Iterator[Row]:
    """The least share of the empty page's answers, the longest tail, the errors."""
    share = min(one.rate / empty(loads, one).rate for one in pages)
    tail = max(one.tail / empty(loads, one).tail for one in pages)
    failed = sum(one.failed for one in pages)
    yield f"{what}, 16 and 64 visitors: answers/s of empty's", f"≥ {SHARE}", f"{share:.2f}", share >= SHARE
    yield f"{what}: p99 ÷ empty", f"≤ {TAIL}", f"{tail:.1f}", tail <= TAIL
    yield f"{what}: errors", "0", str(failed), not failed


def empty(loads: list[Load], one: Load) -> Load:
    """The empty page for as many visitors."""
    return next(other for other in loads if (other.page, other.visitors) == ("/account", one.visitors))


def within(found: Found) -> Iterator[Row]:
    """Of what was measured inside the server, by the processor's time: others use the machine as well."""
    cpu = {name: times[1] for name, times in found.inside.items()}
    over = cpu[answering.LIST] / cpu[answering.QUERIES]
    yield "the list of a new day ÷ its own queries", f"≤ {OVER_QUERIES}", f"{over:.2f}", over <= OVER_QUERIES
    typed, noted, tried = (cpu[name] for name in (answering.FILTER, answering.DECISION, answering.WHAT_IF))
    yield "type to filter", f"≤ {FILTER} ms", f"{typed:.0f} ms", typed <= FILTER
    yield "decision → row and toast", f"≤ {DECISION} ms", f"{noted:.0f} ms", noted <= DECISION
    over = tried / cpu[answering.SNAPSHOT]
    yield "what-if", f"≤ {WHAT_IF} ms", f"{tried:.0f} ms", tried <= WHAT_IF
    yield "what-if ÷ one snapshot", f"≤ {OVER_SNAPSHOT}", f"{over:.1f}", over <= OVER_SNAPSHOT
