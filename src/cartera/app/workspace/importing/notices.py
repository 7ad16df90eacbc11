"""What deserves a look before the import? Future dates, negatives, zeros, equal rows, what stays although missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from cartera.app.workspace.importing.clients import folded
from cartera.errors import suggested, typed
from cartera.tongue import say, say_many

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.workspace.importing.plan import Plan
    from cartera.app.workspace.importing.reading import Read

NAMED = 3
LEGAL = frozenset("ltd limited inc llc gmbh ag sa srl lda bv nv ltda co corp company".split())


def notices(read: Read, plan: Plan, today: date) -> list[str]:
    """Sentences, the reader's first."""
    table, trace = read.reading.tables["invoices"], read.reading.trace
    found = list(read.reading.notices)
    ahead = _count(pc.greater(table.column("issued_on"), pa.scalar(today)))
    found += _ahead(ahead, today) if ahead else []
    zero = pa.scalar(0, table.column("amount").type)
    negative = _count(pc.and_(pc.less(table.column("amount"), zero), pc.equal(table.column("kind"), "invoice")))
    found += _negative(negative) if negative else []
    nothing = _count(pc.equal(table.column("amount"), zero))
    found += _nothing(nothing) if nothing else []
    copies = trace.equal_rows() if trace is not None else 0
    found += _copies(copies) if copies else []
    return found + _missing(plan) + _alike(plan)


def _count(mask: pa.ChunkedArray) -> int:
    return pc.sum(mask).as_py() or 0


def _ahead(count: int, today: date) -> list[str]:
    return [
        say_many(
            "{count} document is dated after today ({day}).", "{count} documents are dated after today ({day}).",
            count=count, day=today,
        )
    ]  # fmt: skip


def _negative(count: int) -> list[str]:
    return [
        say_many(
            "{count} document is negative without being a credit note.",
            "{count} documents are negative without being a credit note.",
            count=count,
        )
    ]


def _nothing(count: int) -> list[str]:
    return [
        say_many(
            "{count} document is of amount 0: they count for nothing.",
            "{count} documents are of amount 0: they count for nothing.",
            count=count,
        )
    ]


def _copies(count: int) -> list[str]:
    return [
        say_many(
            "{count} row is an exact copy of another row: each is kept.",
            "{count} rows are exact copies of another row: each is kept.",
            count=count,
        )
    ]


def _missing(plan: Plan) -> list[str]:
    """What a newer file does not have stays, because exports are often partial."""
    missing = plan.documents.missing
    if not missing or plan.removed:
        return []
    return [
        say_many(
            "{count} document of {source} between the days of this file is not in it and stays"
            " (--replace period removes them).",
            "{count} documents of {source} between the days of this file are not in it and stay"
            " (--replace period removes them).",
            count=len(missing), source=plan.source,
        )
    ]  # fmt: skip


def _alike(plan: Plan) -> list[str]:
    """New clients whose name another source has, but for case, punctuation and the legal form."""
    if not plan.other_names:
        return []
    known = {_letters(name): client_id for name, client_id in plan.other_names.items()}
    near = [(text, known[_letters(text)]) for text in plan.clients.new if _letters(text) in known]
    if not near:
        return []
    told = [name if name == other else say("{first} and {second}", first=name, second=other) for name, other in near]
    more = [say("and {count} more", count=len(near) - NAMED)] if len(near) > NAMED else []
    clients, command = "; ".join([*told[:NAMED], *more]), suggested("link", "A", "B")
    found = say("Perhaps one client in two sources: {clients}.", clients=clients)
    return [typed(f"{found} {say('Nothing is linked by itself: {command} does.', command=command)}")]


def _letters(name: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in folded(name)).split()
    return " ".join(word for word in words if word not in LEGAL) or folded(name)
