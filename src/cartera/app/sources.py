"""What does SOURCE mean? A file, a folder of fact tables, or a generated company; opened as facts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from cartera.app.clock import today
from cartera.errors import InputError, UnknownNameError, nearest
from cartera.facts.tables import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from cartera.app.scope import Scope

DEMO = "demo"
COMPANIES = {"demo": "services", "demo:services": "services", "demo:distributor": "distributor"}


@dataclass(frozen=True)
class Opened:
    """Facts that an engine holds, and how they were read.

    understood: what each column was taken for. problems: rows of the source that could not be read. account: where
    every row went, as a sentence. ends_on: the day up to which a generated company was made, None for real facts.
    """

    name: str
    facts: Facts
    understood: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[Any, ...] = ()
    account: str = ""
    ends_on: date | None = None


def open_source(
    scope: Scope, text: str, *, day: date | None = None, options: Mapping[str, Any] | None = None
) -> Opened:
    """The facts behind SOURCE; `options` say how a file is to be read. InputError, Ambiguous or a nearest name."""
    given = options or {}
    if not text.strip():
        raise InputError("SOURCE is empty.", fix="Give a file, a folder of fact tables, or demo.")
    if text == DEMO or text.startswith(f"{DEMO}:"):
        return generated(scope, text, day or today(), given)
    path = Path(text)
    if not path.exists():
        raise InputError(f"there is no file or folder {text!r}.", fix=missing_hint(path))
    return read(scope, path, given)


def generated(scope: Scope, text: str, day: date, given: Mapping[str, Any]) -> Opened:
    """The made-up company called `text`, with three years of invoices that end on `day`."""
    if text not in COMPANIES:
        raise UnknownNameError("demo company", text, ("demo", "demo:distributor"))
    from cartera.sources.demo import company
    from cartera.sources.files.options import ReadOptions

    told = ReadOptions(**given)
    return Opened(text, opened(scope, company(COMPANIES[text], day), told.currency), ends_on=day)


def read(scope: Scope, path: Path, given: Mapping[str, Any]) -> Opened:
    """The facts in a file or in a folder of fact tables."""
    from cartera.sources.files.options import ReadOptions

    told = ReadOptions(**given)
    reading = reader(path)(path, told)
    return Opened(
        str(path),
        opened(scope, reading.tables, told.currency),
        understood=tuple(reading.understood),
        notices=tuple(reading.notices),
        problems=tuple(reading.problems),
        account=reading.counts.equation,
    )


def reader(path: Path) -> Callable[..., Any]:
    """The function that reads what lies at `path`."""
    if path.is_dir():
        from cartera.sources.files.folder import read_folder

        return read_folder
    from cartera.sources.files import read_file

    return read_file


def opened(scope: Scope, tables: Mapping[str, Any], currency: str | None) -> Facts:
    """The tables in the engine, with only the clients that the scope may see."""
    from cartera.engine import open_facts

    facts = open_facts(Facts(**tables, currency=currency))
    return facts if scope.clients is None else only(facts, scope.clients)


def only(facts: Facts, clients: frozenset[str]) -> Facts:
    """The facts of these clients alone."""
    from dataclasses import replace

    theirs = nw.col("client_id").is_in(sorted(clients))
    invoices = facts.invoices.filter(theirs)
    lines = facts.lines.join(invoices.select("invoice_id").unique(), on="invoice_id", how="semi")
    kept: dict[str, Any] = {"clients": facts.clients.filter(theirs), "marks": facts.marks.filter(theirs)}
    return replace(facts, invoices=invoices, lines=lines, **kept)


def missing_hint(path: Path) -> str:
    """What may have been meant: a file beside it with a name like it, or a generated company."""
    folder = path.parent
    beside = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    near = nearest(path.name, [*beside, *COMPANIES])
    if near is None:
        return "Give a file, a folder of fact tables, or demo."
    return f"Did you mean {near!r}?" if near in COMPANIES else f"Did you mean {str(folder / near)!r}?"
