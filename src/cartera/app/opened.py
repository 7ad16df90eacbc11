"""What is a source once it is open? Facts in an engine, of the clients that somebody may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from cartera.facts.tables import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from cartera.app.scope import Scope


OF_CLIENTS = ("clients", "marks")


@dataclass(frozen=True)
class Opened:
    """Facts that an engine holds, and how they were read.

    understood: what each column was taken for. problems: rows of the source that could not be read. account: where
    every row went, as a sentence. ends_on: the day up to which a generated company was made, None for real facts.
    today: the day it is where the facts are, when that may be another one than here. decided_on: the day of the newest
    decision about a client. policy: the rules in force where a question names none. people: puts the contacts and
    interactions of one client beside its facts, for its profile.
    id_now: the id under which a client stands today that an older one names. everybody: the facts of all clients, where
    `facts` are of those that somebody may see: a client has one class, whoever looks.
    """

    name: str
    facts: Facts
    understood: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[Any, ...] = ()
    account: str = ""
    ends_on: date | None = None
    today: date | None = None
    decided_on: date | None = None
    policy: Any = None
    people: Callable[[Facts], Facts] | None = None
    id_now: Callable[[str], str] = str
    everybody: Facts | None = None

    @property
    def whole(self) -> Facts:
        """The facts of all clients, whoever may see them."""
        return self.everybody or self.facts


def opened(scope: Scope, tables: Mapping[str, Any], currency: str | None) -> Facts:
    """The tables in the engine, with only the clients that the scope may see."""
    from cartera.engine import open_facts

    return seen(scope, open_facts(Facts(**tables, currency=currency)))


def seen(scope: Scope, facts: Facts) -> Facts:
    """The facts of the clients that the scope may see."""
    return facts if scope.clients is None else only(facts, scope.clients)


def only(facts: Facts, clients: frozenset[str]) -> Facts:
    """The facts of these clients alone."""
    ids = facts.room.table({"client_id": sorted(clients)}, {"client_id": nw.String})
    invoices = facts.invoices.join(ids, on="client_id", how="semi")
    lines = facts.lines.join(invoices.select("invoice_id").unique(), on="invoice_id", how="semi")
    kept: dict[str, Any] = {name: getattr(facts, name).join(ids, on="client_id", how="semi") for name in OF_CLIENTS}
    return replace(facts, invoices=invoices, lines=lines, **kept)
