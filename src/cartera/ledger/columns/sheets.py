"""Which tables of the ledger become columns, and of which type is each? Declared here, never guessed from rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cartera.facts.schema import CLIENTS, COUNT, DAY, FLAG, INVOICES, LINES, MARKS, MOMENT, MONEY, TEXT, Field
from cartera.money import PRECISION, SCALE

ROW, SOURCE, DOCUMENT, MORE = "_row", "_source", "_document", "more"
NUMBER = "number as text"  # a decimal that the ledger keeps as it was written
MONEY_TYPE = pa.decimal128(PRECISION, SCALE)
TYPES: dict[Any, pa.DataType] = {
    TEXT: pa.string(),
    DAY: pa.date32(),
    MOMENT: pa.timestamp("us"),
    MONEY: MONEY_TYPE,
    NUMBER: MONEY_TYPE,
    FLAG: pa.bool_(),
    COUNT: pa.int64(),
}


@dataclass(frozen=True)
class Cell:
    """One column of a sheet. of: the ledger's own column, as SQL. kind: a type of the fact tables, or NUMBER."""

    name: str
    kind: Any
    of: str

    @property
    def type(self) -> pa.DataType:
        """The type that the column has in the files."""
        return TYPES[self.kind]


@dataclass(frozen=True)
class Sheet:
    """One table of the columns. table: in the ledger, whose rows are called t. lines hang on the rows of invoices."""

    name: str
    table: str
    cells: tuple[Cell, ...]

    @property
    def taken(self) -> frozenset[str]:
        """Names that no further column may have."""
        return frozenset(cell.name.casefold() for cell in self.cells if cell.name != MORE)


def _cells(fields: tuple[Field, ...], *left_out: str) -> tuple[Cell, ...]:
    return tuple(Cell(one.name, one.dtype, f't."{one.name}"') for one in fields if one.name not in left_out)


_ROW = Cell(ROW, COUNT, "t.id")
_MORE = Cell(MORE, TEXT, 't."more"')
_DOCUMENT = Cell(DOCUMENT, COUNT, "t.document")
_QUANTITY = Cell("quantity", NUMBER, 't."quantity"')

CLIENT = Sheet("clients", "ledger_client", (_ROW, Cell(SOURCE, TEXT, "t.source"), *_cells(CLIENTS), _MORE))
INVOICE = Sheet(
    "invoices",
    "ledger_invoice",
    (_ROW, _DOCUMENT, *_cells(INVOICES, "source"), Cell("source", TEXT, "t.source"), _MORE),
)
LINE = Sheet(
    "lines",
    "ledger_line",
    (_DOCUMENT, Cell("invoice_id", TEXT, "i.invoice_id"), *_cells(LINES, "invoice_id", "quantity"), _QUANTITY, _MORE),
)
MARK = Sheet("marks", "ledger_mark", (_ROW, *_cells(MARKS)))
ASSIGNMENT = Sheet(
    "assignments", "ledger_assignment", (_ROW, Cell("client_id", TEXT, "t.client_id"), Cell("rep", TEXT, "t.rep"))
)
LINK = Sheet(
    "links",
    "ledger_link",
    (_ROW, *(Cell(name, TEXT, f"t.{name}") for name in ("client_id", "to_id", "relation"))),
)
RATE = Sheet(
    "rates",
    "ledger_rate",
    (_ROW, Cell("day", DAY, "t.day"), Cell("currency", TEXT, "t.currency"), Cell("rate", TEXT, "t.rate")),
)
VERSIONED = (CLIENT, INVOICE, MARK, ASSIGNMENT, LINK, RATE)
SHEETS = (*VERSIONED, LINE)
