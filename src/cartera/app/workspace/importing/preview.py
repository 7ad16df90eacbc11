"""What does a person see before anything is imported? The file as it was understood, and what would change."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from cartera import money
from cartera.app.workspace.importing.notices import notices
from cartera.app.workspace.importing.stored import column
from cartera.tongue import UNKNOWN, say

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from cartera.app.workspace.importing.plan import Plan
    from cartera.app.workspace.importing.reading import Read
    from cartera.errors import Question
    from cartera.sources.files.reading import Account, Control

SAMPLE, SHOWN = 20, 5
COMPARED = (
    "client_id", "number", "kind", "state", "issued_on", "amount", "currency", "due_on", "paid_on", "open_amount",
    "void_on", "rep", "known_on", "more",
)  # fmt: skip
MONEY = {"amount", "open_amount", "base_amount"}


@dataclass(frozen=True)
class Sum:
    """Documents of one kind and currency."""

    kind: str
    currency: str | None
    count: int
    amount: str
    first_on: str
    last_on: str


@dataclass(frozen=True)
class Sample:
    """A row as it came and as it was read; problem: why it was refused."""

    line: int
    raw: list[str]
    typed: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class Changed:
    """A document before and after."""

    document: str
    client: str | None
    values: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Preview:
    """Everything that is told before an import; texts and numbers only, so that any shell can show it."""

    file: str
    source: str
    how: str
    profile: str
    fingerprint: str
    header: list[str]
    understood: list[str]
    equation: str
    counts: dict[str, int]
    sums: list[Sum]
    clients: dict[str, int]
    controls: list[dict[str, Any]]
    changes: dict[str, int]
    changed: list[Changed]
    removed: list[str]
    sample: list[Sample]
    notices: list[str]
    questions: list[Question] = field(default_factory=list)
    said: dict[str, dict[str, int]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The preview for a program."""
        return asdict(self)


def preview(name: str, read: Read, plan: Plan, questions: list[Question], today: date) -> Preview:
    """The preview of a file that was read and compared."""
    reading, trace, documents = read.reading, read.reading.trace, plan.documents
    counts = reading.counts
    return Preview(
        file=name,
        source=plan.source,
        how=trace.grid.how if trace else say("tables of our own schema"),
        profile=trace.profile if trace else "",
        fingerprint=trace.fingerprint if trace else "",
        header=trace.grid.header if trace else ["table"],
        understood=[*read.told, *reading.understood],
        equation=counts.equation,
        counts=_counts(counts, plan),
        sums=sums(reading.tables["invoices"]),
        clients=_clients(plan, reading.tables["invoices"]),
        controls=[_control(one) for one in reading.controls],
        changes={home: documents.count(home) for home in ("new", "changed", "unchanged")}
        | {"removed": len(plan.removed), "missing": len(documents.missing) - len(plan.removed)},
        changed=_changed(plan),
        removed=[document_name(row) for row in plan.removed],
        sample=_sample(read),
        notices=notices(read, plan, today),
        questions=questions,
        said={one.table: dict(one.counts) for one in plan.words},
    )


def _counts(counts: Account, plan: Plan) -> dict[str, int]:
    homes = {f"rows_{home}": plan.rows(home) for home in ("new", "changed", "unchanged")}
    left_out = counts.left_out + plan.rows("left_out")
    told = {"rows_left_out": left_out, "rows_rejected": counts.rejected, "rows_structural": counts.structural}
    return {"rows_in": counts.rows_in} | homes | told


def sums(invoices: Any) -> list[Sum]:
    """Per kind, state if it is not issued, and currency: how many documents, their sum and their days."""
    grouped = invoices.group_by(["kind", "state", "currency"], use_threads=False).aggregate(
        [("amount", "count"), ("amount", "sum"), ("issued_on", "min"), ("issued_on", "max")]
    )
    rows = sorted(grouped.to_pylist(), key=lambda row: (row["kind"] != "invoice", row["state"], row["currency"] or ""))
    return [
        Sum(
            row["kind"] if row["state"] == "issued" else f"{row['kind']}, {row['state']}", row["currency"],
            row["amount_count"], money.text(row["amount_sum"] or 0 * money.QUANTUM), row["issued_on_min"].isoformat(),
            row["issued_on_max"].isoformat(),
        )
        for row in rows
    ]  # fmt: skip


def _clients(plan: Plan, invoices: Any) -> dict[str, int]:
    loose = invoices.column("client_id").null_count
    new, known = len(plan.clients.new), plan.clients.matched
    return {"new": new, "matched": known, "changed": plan.clients.changed, "unattributed_documents": loose}


def _control(one: Control) -> dict[str, Any]:
    return {"name": one.name, "stated": one.stated, "found": one.found, "agrees": one.agrees}


def _changed(plan: Plan) -> list[Changed]:
    """A few changed documents, with what differs."""
    found = [one for one in plan.documents.changes if one.before is not None][:SHOWN]
    return [
        Changed(document_name(one.values), one.values.get("client_id"), differences(one.before or {}, one.values))
        for one in found
    ]


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Column -> old and new value, where they differ; lines alone count as such."""
    pairs = {name: (said(name, before.get(name)), said(name, after.get(name))) for name in COMPARED}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]} or {
        "lines": (say("as before"), say("others"))
    }


def said(name: str, value: Any) -> str:
    """A stored value as text."""
    if value is None:
        return ""
    return money.text(money.QUANTUM * value) if name in MONEY else str(value)


def document_name(row: dict[str, Any]) -> str:
    """What a person calls a document."""
    return say(
        "{document} of {day}, {amount}",
        document=str(row.get("number") or row["invoice_id"]), day=row["issued_on"] or UNKNOWN,
        amount=said("amount", row["amount"]),
    )  # fmt: skip


def _sample(read: Read) -> list[Sample]:
    """Refused rows first, then the first ones that were read."""
    reading, trace = read.reading, read.reading.trace
    found = [
        Sample(one.line, list(one.cells), problem=f"{one.code}{f' in {one.column}' if one.column else ''}. {one.hint}")
        for one in reading.problems[:SAMPLE]
    ]
    if trace is None or len(found) == SAMPLE:
        return found
    rows = trace.first_rows(SAMPLE - len(found))
    names = ("client_id", "number", "kind", "state", "issued_on", "amount", "currency")
    at = Counter(home for _, _, home, _ in rows)
    table = reading.tables["invoices"].slice(0, max(at, default=0) + 1)
    cells = {name: column(table, name) for name in names if name in table.column_names}
    sizes = trace.sizes
    return found + [
        Sample(line, raw, _read({name: values[home] for name, values in cells.items()}, amount, sizes[home]))
        for line, raw, home, amount in rows
    ]


def _read(document: dict[str, Any], amount: Decimal | None, size: int) -> dict[str, str]:
    """One row as it was read: its own amount, and what the document of several rows comes to."""
    told = {name: said(name, value) for name, value in document.items()}
    return told if size == 1 else told | {"amount": money.text(amount), "of": said("amount", document["amount"])}
