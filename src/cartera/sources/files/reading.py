"""What comes out of a file? Fact tables, refused rows, an account of every row, and what was understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cartera.tongue import listed, number, say, say_many, spoken, text

if TYPE_CHECKING:
    import pyarrow as pa

    from cartera.sources.files.trace import Trace

STRUCTURE = (
    text("header", "structure"), text("title", "structure"), text("blank", "structure"), text("group", "structure"),
    text("subtotal", "structure"), text("total", "structure"),
)  # fmt: skip
"""What rows may be that are about no invoice."""

HINTS = {
    "BAD_DATE": text("Write a date that exists, such as 2026-03-31."),
    "BAD_NUMBER": text("Write a number such as 1234.56."),
    "TOO_SHORT": text("Fill in the cells that are missing at the end of the row."),
    "TOO_LONG": text("Put quotes around a cell that holds the delimiter."),
    "MISSING_CLIENT_AND_NUMBER": text("Name the client, or give the invoice's number."),
    "MISSING_CLIENT": text("Give the client's id."),
    "MISSING_INVOICE": text("Give the invoice_id that the line belongs to."),
    "REPEATED_CLIENT": text("Keep one row per client."),
    "REPEATED_ID": text("Give every invoice an id of its own; numbers may repeat, ids may not."),
    "MISSING_NAME": text("Give the contact's name."),
    "MISSING_TEXT": text("Write what is to be remembered, or take the row out."),
    "UNKNOWN_CHANNEL": text("Use one of: call, e-mail, meeting, chat, visit."),
    "UNKNOWN_DIRECTION": text("Write in or out, or leave it empty."),
    "BAD_WORD": text("Write true or false."),
    "MISSING_DATE": text("Give the day of the invoice, such as 2026-03-31."),
    "MISSING_AMOUNT": text("Give the amount, such as 1234.56; 0 when there is none."),
    "UNKNOWN_TYPE": text('Say what it means, such as --map "kind:WORD=invoice" or --map "state:WORD=planned".'),
    "UNKNOWN_CURRENCY": text("Use a code of three letters, such as EUR."),
    "INVOICE_INCOMPLETE": text("Mend the other row of the same invoice: half an invoice is never read."),
    "NOT_TEXT": text("Remove the bytes that are no text, or give the encoding, such as --encoding cp1252."),
}


@dataclass(frozen=True)
class Problem:
    """A row that was refused. code: the reason. where: file and line or row. value: the raw text. hint: the fix.

    line: where it stands, as a number. cells: everything that it held.
    """

    code: str
    where: str
    column: str = ""
    value: str = ""
    hint: str = ""
    line: int = field(default=0, compare=False)
    cells: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @property
    def sentence(self) -> str:
        """Where, why, the value found and the fix as one line."""
        column = f", column {self.column}" if self.column else ""
        found = f" {self.value!r}" if self.value else ""
        return f"{self.where}{column}: {self.code}{found}. {self.hint or HINTS.get(self.code, '')}".strip()


@dataclass(frozen=True)
class Control:
    """A sum that the file states itself, against the sum of the rows that were read."""

    name: str
    stated: str
    found: str

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.stated == self.found


@dataclass(frozen=True)
class Account:
    """Where every record went: rows_in = accepted + rejected + structural, or the reader has a defect.

    structure: title, blank, header, repeated header, group, subtotal, total, footer -> count. reasons: code -> count.
    left_out: accepted rows whose type is no sale, such as a payment.
    """

    rows_in: int = 0
    accepted: int = 0
    rejected: int = 0
    structural: int = 0
    left_out: int = 0
    structure: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        balanced = self.rows_in == self.accepted + self.rejected + self.structural
        if not balanced or self.structural != self.structure.total() or self.rejected != self.reasons.total():
            raise AssertionError(f"the rows do not add up: {self}")

    def __add__(self, other: Account) -> Account:
        return Account(
            rows_in=self.rows_in + other.rows_in,
            accepted=self.accepted + other.accepted,
            rejected=self.rejected + other.rejected,
            structural=self.structural + other.structural,
            left_out=self.left_out + other.left_out,
            structure=self.structure + other.structure,
            reasons=self.reasons + other.reasons,
        )

    @property
    def data_rows(self) -> int:
        """Accepted and rejected rows: those that are about an invoice."""
        return self.accepted + self.rejected

    @property
    def equation(self) -> str:
        """`541,909 rows: 541,910 read = 541,909 accepted + 0 rejected + 1 structural`, with what that was."""
        said = say_many(
            "{count} row: {read} read = {accepted} accepted + {rejected} rejected + {structural} structural",
            "{count} rows: {read} read = {accepted} accepted + {rejected} rejected + {structural} structural",
            count=self.data_rows, read=self.rows_in, accepted=self.accepted, rejected=self.rejected,
            structural=self.structural,
        )  # fmt: skip
        kinds = listed(f"{number(count)} {spoken(name, 'structure')}" for name, count in self.structure.items())
        reasons = listed(f"{number(count)} {name}" for name, count in self.reasons.items())
        with_kinds = f"{said} ({kinds})" if kinds else said
        return say("{equation}; rejected: {reasons}", equation=with_kinds, reasons=reasons) if reasons else with_kinds


@dataclass
class Reading:
    """Fact tables as the schema types them, with what must be told beside them.

    tables: clients, invoices, lines, marks (those there are). understood: sentences on how the file was read.
    notices: sentences on what deserves a look. controls: the file's own sums. trace: which rows made which facts, of
    a file that is no table of our own schema.
    """

    tables: dict[str, pa.Table]
    problems: list[Problem] = field(default_factory=list)
    counts: Account = field(default_factory=Account)
    understood: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    trace: Trace | None = field(default=None, repr=False)
