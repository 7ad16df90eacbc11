"""Which client does each row of a file of contacts or interactions mean, and what became of the rows?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.identity.who import names
from cartera.app.workspace.taking import Account, Taken, take
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.sources.files.named import Row
    from cartera.sources.files.people_table import People
    from cartera.sources.files.reading import Problem


@dataclass(frozen=True)
class Found:
    """What a file held. problems: refused rows. unused: columns that are not kept."""

    taken: Taken
    problems: tuple[Problem, ...]
    unused: tuple[str, ...]


def placed(scope: Scope, book: Book, people: People) -> Iterator[tuple[Row, str, dict[str, Any]]]:
    """Row, leading client and values of every row whose client is known; the others are refused."""
    from cartera.ledger.links import links

    known, told = names(scope, book), links(book)
    called: dict[str, list[str]] = defaultdict(list)
    for client_id, name in known.items():
        called[name.casefold()].append(told.leading(client_id))
    for row, values in people.rows:
        column = "client_id" if row.text("client_id") else "client"
        text = row.text(column)
        fits = [told.leading(text)] if text in known else sorted(set(called.get(text.casefold(), [])))
        if len(fits) == 1:
            yield row, fits[0], values
        else:
            hint = f"Give the id: {', '.join(fits)}." if fits else "Import its invoices first, or correct the name."
            code = "SEVERAL_CLIENTS" if fits else "UNKNOWN_CLIENT" if text else "MISSING_CLIENT"
            people.refused.append(people.table.problem(row, code, column, hint))


def taken(
    book: Book, kind: str, model: Any, people: People, rows: Mapping[str, Mapping[str, Any]], *, by: str
) -> Found:
    """The rows as facts in one change. CarteraError: not one of them can be read."""
    table, refused = people.table, sorted(people.refused, key=lambda one: one.line)
    if not rows:
        fix = f"The first: {refused[0].sentence}" if refused else ""
        raise CarteraError(say("none of the rows can be read."), where=table.name, fix=fix)
    accepted = table.rows_in - table.structural - len(refused)
    account = Account(table.rows_in, accepted, len(refused), table.structural)
    done = take(book, kind, model, rows.items(), by=by, file=table.name, account=account)
    return Found(done, tuple(refused), table.unknown)
