"""Which columns do the fact tables have, of which type, and what stands in when one is missing?"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from cartera.money import PRECISION, SCALE

MONEY = nw.Decimal(PRECISION, SCALE)


@dataclass(frozen=True)
class Field:
    """One column of a fact table. required: a table without it is refused."""

    name: str
    dtype: nw.dtypes.DType | type[nw.dtypes.DType]
    required: bool = False


TEXT, DAY, MOMENT, FLAG, COUNT = nw.String, nw.Date, nw.Datetime, nw.Boolean, nw.Int64

CLIENTS = (
    Field("client_id", TEXT, required=True),
    Field("name", TEXT),
    Field("created_on", DAY),
    *(Field(name, TEXT) for name in ("rep", "email", "phone", "website", "street", "city", "region", "postcode")),
    *(Field(name, TEXT) for name in ("country", "industry", "currency")),
    Field("interest", FLAG),
    Field("can_pay", FLAG),
)
INVOICES = (
    Field("invoice_id", TEXT),
    Field("client_id", TEXT, required=True),
    Field("kind", TEXT),
    Field("state", TEXT),
    Field("issued_on", DAY, required=True),
    Field("known_on", DAY),
    Field("void_on", DAY),
    Field("due_on", DAY),
    Field("paid_on", DAY),
    Field("amount", MONEY, required=True),
    Field("currency", TEXT),
    Field("base_amount", MONEY),
    Field("open_amount", MONEY),
    Field("credits", TEXT),
    Field("rep", TEXT),
    Field("number", TEXT),
    Field("source", TEXT),
)
LINES = (
    Field("invoice_id", TEXT, required=True),
    Field("line_no", COUNT),
    Field("product", TEXT),
    Field("category", TEXT),
    Field("quantity", MONEY),
    Field("amount", MONEY),
    Field("cost", MONEY),
)
MARKS = (
    Field("client_id", TEXT, required=True),
    Field("mark", TEXT, required=True),
    Field("marked_on", DAY, required=True),
    Field("recorded_at", MOMENT),
    Field("by", TEXT),
    Field("reason", TEXT),
    Field("note", TEXT),
    Field("review_on", DAY),
)
CONTACTS = (
    Field("client_id", TEXT, required=True),
    Field("name", TEXT, required=True),
    *(Field(name, TEXT) for name in ("role", "email", "phone")),
    Field("is_primary", FLAG),
    Field("preferred_channel", TEXT),
    Field("consent", TEXT),
)
# A moment of these is on the clock of the workspace, or has its own zone: it stays text until a workspace reads it.
INTERACTIONS = (
    Field("client_id", TEXT, required=True),
    Field("at", TEXT, required=True),
    Field("channel", TEXT, required=True),
    *(Field(name, TEXT) for name in ("direction", "subject", "by")),
)
NOTES = (
    Field("client_id", TEXT, required=True),
    Field("at", TEXT, required=True),
    Field("by", TEXT),
    Field("text", TEXT, required=True),
)
ASSIGNMENTS = (
    Field("client_id", TEXT, required=True),
    Field("rep", TEXT, required=True),
    Field("since_on", DAY, required=True),
)
STEPS = (
    Field("client_id", TEXT, required=True),
    Field("due_on", DAY, required=True),
    Field("text", TEXT),
    Field("at", TEXT, required=True),
    Field("by", TEXT),
    Field("done_on", DAY),
)
TABLES: dict[str, tuple[Field, ...]] = {"clients": CLIENTS, "invoices": INVOICES, "lines": LINES, "marks": MARKS}
# What a workspace keeps beside the facts that questions read: it is exported and imported with them.
KEPT: dict[str, tuple[Field, ...]] = {
    "contacts": CONTACTS, "interactions": INTERACTIONS, "notes": NOTES, "assignments": ASSIGNMENTS,
    "steps": STEPS,
}  # fmt: skip
ALL = TABLES | KEPT


def schema(table: str) -> dict[str, nw.dtypes.DType | type[nw.dtypes.DType]]:
    """Column name -> type of one table, in order."""
    return {field.name: field.dtype for field in ALL[table]}
