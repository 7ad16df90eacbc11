"""What may a person say about a file before it is read? What is left out is found out, asked or has a default."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from cartera.errors import InputError, UnknownNameError
from cartera.sources.files.iso4217 import currency_code
from cartera.tongue import say

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "space": " "}
DATE_ORDERS = ("dmy", "mdy", "ymd")
DECIMALS = ("comma", "point")


@dataclass(frozen=True)
class ReadOptions:
    """Answers given beforehand.

    mapping: role -> header name, such as {"issued_on": "InvoiceDate"}, or what a word means, such as
    {"kind:Barter": "invoice"} and {"state:Accepted": "planned"}. header_row: the record that holds the header,
    counted from 1. amounts: "net", "gross:20" (20 % tax is taken off) or "per-line" / "per-invoice" for totals that
    repeat. currency: ISO code for amounts without one. homes: normalised header of a further column -> the fact table
    that it belongs to, where the file permits it. progress: called with the share read, 0 to 1.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    decimal: Literal["comma", "point"] | None = None
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    amounts: str | None = None
    currency: str | None = None
    homes: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[float], None] | None = None

    def __post_init__(self) -> None:
        if self.date_order is not None and self.date_order not in DATE_ORDERS:
            raise UnknownNameError("date order", self.date_order, DATE_ORDERS)
        if self.decimal is not None and self.decimal not in DECIMALS:
            raise UnknownNameError("decimal sign", self.decimal, DECIMALS)
        if self.delimiter is not None and self.delimiter not in {*DELIMITERS, *DELIMITERS.values()}:
            raise UnknownNameError("delimiter", self.delimiter, tuple(DELIMITERS))
        if self.amounts is not None and not re.fullmatch(r"net|per-line|per-invoice|gross:\d+(\.\d+)?", self.amounts):
            raise InputError(
                say("amounts {amounts} cannot be read.", amounts=repr(self.amounts)),
                fix=say("Write net, gross:20, per-line or per-invoice."),
            )
        if self.currency is not None:
            object.__setattr__(self, "currency", currency_code(self.currency))

    @property
    def separator(self) -> str | None:
        """The delimiter as the sign itself."""
        return None if self.delimiter is None else DELIMITERS.get(self.delimiter, self.delimiter)

    @property
    def gross_rate(self) -> Decimal | None:
        """The tax rate inside the amounts as a share (0.20), when amounts were said to be gross."""
        if self.amounts is None or not self.amounts.startswith("gross:"):
            return None
        return Decimal(self.amounts.removeprefix("gross:")) / 100
