"""What deserves a look before the import? Future dates, negatives, zeros, equal rows, what stays although missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from cartera.app.workspace.importing.clients import folded
from cartera.errors import suggested

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
    found += [f"{_documents(ahead)} dated after today ({today})."] if ahead else []
    zero = pa.scalar(0, table.column("amount").type)
    negative = _count(pc.and_(pc.less(table.column("amount"), zero), pc.equal(table.column("kind"), "invoice")))
    found += [f"{_documents(negative)} negative without being a credit note."] if negative else []
    nothing = _count(pc.equal(table.column("amount"), zero))
    found += [f"{_documents(nothing)} of amount 0: they count for nothing."] if nothing else []
    copies = trace.equal_rows() if trace is not None else 0
    are = "row is an exact copy" if copies == 1 else "rows are exact copies"
    found += [f"{copies:,} {are} of another row: each is kept."] if copies else []
    return found + _missing(plan) + _alike(plan)


def _count(mask: pa.ChunkedArray) -> int:
    return pc.sum(mask).as_py() or 0


def _documents(count: int) -> str:
    return "1 document is" if count == 1 else f"{count:,} documents are"


def _missing(plan: Plan) -> list[str]:
    """What a newer file does not have stays, because exports are often partial."""
    missing = plan.documents.missing
    if not missing or plan.removed:
        return []
    one = len(missing) == 1
    what = f"{len(missing):,} document{'' if one else 's'} of {plan.source} between the days of this file"
    return [
        f"{what} {'is' if one else 'are'} not in it and {'stays' if one else 'stay'} (--replace period removes them)."
    ]


def _alike(plan: Plan) -> list[str]:
    """New clients whose name another source has, but for case, punctuation and the legal form."""
    if not plan.other_names:
        return []
    known = {_letters(name): client_id for name, client_id in plan.other_names.items()}
    near = [(text, known[_letters(text)]) for text in plan.clients.new if _letters(text) in known]
    told = "; ".join(text if text == other else f"{text} and {other}" for text, other in near[:NAMED])
    more = f"; and {len(near) - NAMED:,} more" if len(near) > NAMED else ""
    linking = f"Nothing is linked by itself: {suggested('link', 'A', 'B')} does."
    found = f"Perhaps one client in two sources: {told}{more}. {linking}"
    return [found] if near else []


def _letters(name: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in folded(name)).split()
    return " ".join(word for word in words if word not in LEGAL) or folded(name)
