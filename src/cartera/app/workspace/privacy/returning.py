"""Does a file bring back somebody who was erased? Their rows stay under the pseudonym, with nothing else about them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from cartera.ledger.book import Book
    from cartera.sources.files.reading import Problem, Reading


def without_erased(book: Book, reading: Reading) -> tuple[Reading, bool]:
    """The reading without the erased, and whether any of them was in it."""
    from cartera.ledger.privacy.subject import mask, masks

    known = masks(book)
    if not known:
        return reading, False
    words = {word for name in ("clients", "invoices") for word in _words(reading.tables.get(name))}
    back = {word: made for word in words if (made := mask(book, word)) in known}
    problems = [_bare(book, one, known) for one in reading.problems]
    if not back:
        return replace(reading, problems=problems), problems != reading.problems
    theirs = _ids(reading.tables["invoices"], back)
    tables = {name: _table(name, table, back, theirs) for name, table in reading.tables.items()}
    count = "1 client" if len(set(back.values())) == 1 else f"{len(set(back.values())):,} clients"
    notice = f"{count} in the file asked to be forgotten: kept without name and contact, under a pseudonym."
    return replace(reading, tables=tables, problems=problems, notices=[*reading.notices, notice]), True


def _words(table: pa.Table | None) -> set[str]:
    return set() if table is None else {one for one in table.column("client_id").unique().to_pylist() if one}


def _ids(invoices: pa.Table, back: dict[str, str]) -> set[str]:
    """The invoices of the erased."""
    rows = zip(invoices.column("client_id").to_pylist(), invoices.column("invoice_id").to_pylist(), strict=True)
    return {invoice for client, invoice in rows if client in back}


def _table(name: str, table: pa.Table, back: dict[str, str], theirs: set[str]) -> pa.Table:
    """The table with the pseudonym for the client, and nothing in what tells about it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from cartera.facts.schema import schema

    if name == "lines":
        mine = pc.is_in(table.column("invoice_id"), pa.array(sorted(theirs), pa.string()))
    else:
        mine = pc.is_in(table.column("client_id"), pa.array(sorted(back), pa.string()))
        clients = [back.get(one, one) for one in table.column("client_id").to_pylist()]
        at = table.column_names.index("client_id")
        table = table.set_column(at, "client_id", pa.array(clients, pa.string()))
    telling = {
        *(one for one in table.column_names if one not in schema(name)),
        *(_tagged(name) & {*table.column_names}),
    }
    for column in telling:
        at = table.column_names.index(column)
        nothing = pa.scalar(None, table.column(column).type)
        table = table.set_column(at, column, pc.if_else(mine, nothing, table.column(column)))
    return table


def _tagged(name: str) -> set[str]:
    from cartera.ledger.models import Client, Mark
    from cartera.ledger.privacy.tags import personal

    tagged: dict[str, Any] = {"clients": Client, "marks": Mark}
    return {*personal(tagged[name])} if name in tagged else set()


def _bare(book: Book, problem: Problem, known: frozenset[str]) -> Problem:
    """A refused row of an erased person without its cells."""
    from cartera.ledger.privacy.subject import mask

    is_theirs = any(mask(book, cell) in known for cell in (problem.value, *problem.cells) if cell)
    return replace(problem, value="", cells=()) if is_theirs else problem
