"""Do our sums agree with the books? Per month and currency ours beside a total that somebody states."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera import money
from cartera.app.workspace.deciding.answers import listed
from cartera.errors import Ambiguous, CarteraError, InputError, Question
from cartera.tongue import say
from cartera.views.view import Answer, Column

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
QUESTION = "Do our sums agree with the books?"
MONTHS = (
    Column("month", "Month"),
    Column("currency", "Currency"),
    Column("stated", "Stated", "money"),
    Column("found", "Ours", "money"),
    Column("difference", "Difference", "money"),
    Column("document_count", "Documents", "count"),
    Column("batches", "Imports"),
)
DOCUMENTS = (
    Column("issued_on", "Date", "date"),
    Column("number", "Number"),
    Column("client_id", "Client"),
    Column("kind", "Kind"),
    Column("amount", "Amount", "money", total=True),
    Column("currency", "Currency"),
    Column("batch", "Import", "count"),
)
Key = tuple[str, str]


@dataclass
class Month:
    """Our documents of a month in one currency."""

    amount: Decimal = Decimal(0)
    documents: list[dict[str, Any]] = field(default_factory=list)

    @property
    def batches(self) -> str:
        """The imports that brought them."""
        return ", ".join(str(number) for number in sorted({one["batch"] for one in self.documents}))


@dataclass(frozen=True)
class Compared:
    """The answer, and a sentence per month that differs."""

    answer: Answer
    differences: list[str]


def reconcile(scope: Scope, book: Book, stated: dict[Key, Decimal], *, day: date) -> Compared:
    """Every month beside what is stated for it; for one stated month that differs, its documents.

    stated: (month, currency) -> total, net; the currency may be empty where the month has one alone.
    """
    scope.require("reconcile")
    ours = months(scope, book)
    told = {_currency(key, ours): total for key, total in stated.items()}
    keys = sorted(told) if told else sorted(ours)
    rows = [_row(key, ours.get(key, Month()), told.get(key)) for key in keys]
    wrong = [row for row in rows if row["difference"]]
    said = [_difference(row) for row in wrong]
    sentence = " ".join(said) if said else _agreed(len(told))
    if len(told) == 1 and wrong:
        documents = ours.get(keys[0], Month()).documents
        return Compared(listed("reconcile", QUESTION, DOCUMENTS, documents, sentence, day=day), said)
    return Compared(listed("reconcile", QUESTION, MONTHS, rows, sentence, day=day), said)


def months(scope: Scope, book: Book) -> dict[Key, Month]:
    """The issued documents that hold, by month and currency, in the order of their days."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.models import Invoice

    rows = held(book, Invoice).filter(state="issued", void_on=None)
    if scope.clients is not None:
        rows = rows.filter(client_id__in=scope.clients)
    names = ("issued_on", "number", "client_id", "kind", "amount", "currency", "content_of__number")
    found: dict[Key, Month] = defaultdict(Month)
    for *cells, batch in rows.order_by("issued_on", "invoice_id").values_list(*names).iterator(10_000):
        document = dict(zip(names, cells, strict=False)) | {"batch": batch}
        month = found[document["issued_on"].isoformat()[:7], _code(document["currency"])]
        month.amount += document["amount"] or 0
        month.documents.append(document)
    return dict(found)


def documents(scope: Scope, book: Book, key: Key) -> list[dict[str, Any]]:
    """What makes a month in one currency: issued_on, number, client_id, kind, amount, currency, batch of each."""
    scope.require("reconcile")
    return months(scope, book).get(key, Month()).documents


def _code(currency: str | None) -> str:
    return "" if currency in (None, money.NO_CURRENCY) else str(currency)


def _currency(key: Key, ours: dict[Key, Month]) -> Key:
    """The month with its only currency where none is named. CarteraError: it has several."""
    month, currency = key
    there = sorted(code for name, code in ours if name == month)
    if currency or len(there) <= 1:
        return month, currency or (there[0] if there else "")
    raise CarteraError(
        say("{month} has documents in {names}.", month=month, names=", ".join(code or "no currency" for code in there)),
        fix=say("Name the currency of the total: --currency EUR."),
    )


def _row(key: Key, ours: Month, stated: Decimal | None) -> dict[str, Any]:
    return {
        "month": key[0],
        "currency": key[1],
        "stated": stated,
        "found": ours.amount,
        "difference": None if stated is None else ours.amount - stated,
        "document_count": len(ours.documents),
        "batches": ours.batches,
    }


def _difference(row: dict[str, Any]) -> str:
    unit = f" {row['currency']}" if row["currency"] else ""
    here, stated, off = (money.text(row[name]) for name in ("found", "stated", "difference"))
    count = row["document_count"]
    documents = f"{count:,} document{'' if count == 1 else 's'}"
    said = f"{row['month']}: {stated}{unit} stated, {here} here in {documents}, a difference of {off}"
    batches = row["batches"]
    return said + (f"; import{'s' if ',' in batches else ''} {batches}." if batches else ".")


def _agreed(count: int) -> str:
    if not count:
        return "No total was stated: these are ours."
    return "The total agrees." if count == 1 else f"All {count:,} totals agree."


def stated_total(month: str, total: str, currency: str | None) -> dict[Key, Decimal]:
    """One total as a person types it. CarteraError: no month or no amount."""
    if not MONTH.fullmatch(month):
        raise CarteraError(
            say("{month} is no month.", month=repr(month)), where="--month", fix=say("Write it as 2026-03.")
        )
    if not re.fullmatch(r"-?\d+(\.\d{1,4})?", total):
        raise CarteraError(
            say("{total} is no amount.", total=repr(total)), where="--total", fix=say("Write it as 1234.56.")
        )
    return {(month, (currency or "").upper()): Decimal(total)}


def stated_in(path: Path) -> dict[Key, Decimal]:
    """The totals in a file with the columns month and total, and currency where there are several.

    InputError: a column is missing, or a row cannot be read. Ambiguous: a number can be read in two ways.
    """
    from cartera.sources.files.load import load
    from cartera.sources.files.options import ReadOptions
    from cartera.sources.files.values import Numbers, number_column

    grid = load(path, ReadOptions())
    places = {name.lower(): place for place, name in enumerate(grid.header)}
    if "month" not in places or "total" not in places:
        found = ", ".join(grid.header)
        raise InputError(
            say("there is no month or no total (found {found}).", found=found),
            where=grid.name,
            fix=say("Name them month, total."),
        )
    numbers = number_column(grid, places["total"], None)
    if not isinstance(numbers, Numbers):
        readings = {"1234.56": "write the totals with a point and without grouping"}
        raise Ambiguous(
            [Question("decimal", say("The totals can be read in two ways."), "", readings)], where=grid.name
        )
    months, totals = grid.text(places["month"]).to_pylist(), numbers.array.to_pylist()
    codes = grid.text(places["currency"]).to_pylist() if "currency" in places else [""] * len(months)
    for index, (month, total) in enumerate(zip(months, totals, strict=True)):
        if not MONTH.fullmatch(month.strip()[:7]) or total is None:
            fix = "Write a month such as 2026-03 and a total such as 1234.56."
            raise InputError(
                say("{month} and its total cannot be read.", month=repr(month)), where=grid.where(index), fix=fix
            )
    return {
        (month.strip()[:7], code.strip().upper()): total
        for month, total, code in zip(months, totals, codes, strict=True)
    }
