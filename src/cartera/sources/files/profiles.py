"""Which known export is this, by its header? A profile says roles and row kinds, never the order of dates."""

from __future__ import annotations

from dataclasses import dataclass, field

from cartera.facts.schema import INVOICES
from cartera.sources.files.names import CLIENT_ROLES, normalised


@dataclass(frozen=True)
class Profile:
    """A known layout. needs: names that must all be there. roles: name -> role.

    is_grouped: the client stands alone in a row above its rows. credit_prefix: invoice numbers of credit notes.
    credits_positive: credit notes carry positive amounts, also where one of them does not.
    """

    name: str
    needs: tuple[str, ...]
    roles: dict[str, str] = field(default_factory=dict)
    is_grouped: bool = False
    credit_prefix: str = ""
    credits_positive: bool = False


OWN = {field.name.replace("_", " "): field.name for field in INVOICES} | {"name": "name", "base amount": "base_amount"}
OWN |= {role.replace("_", " "): role for role in CLIENT_ROLES}
QUICKBOOKS = {
    "date": "issued_on",
    "transaction date": "issued_on",
    "transaction type": "kind",
    "num": "number",
    "product service": "product",
    "product service full name": "product",
    "qty": "quantity",
    "quantity": "quantity",
    "sales price": "unit_price",
    "amount": "net",
    "due date": "due_on",
    "open balance": "open_amount",
    "customer": "name",
    "customer full name": "name",
    "name": "name",
}
XERO = {
    "contact name": "name",
    "email address": "email",
    "po address line1": "street",
    "po city": "city",
    "po region": "region",
    "po postal code": "postcode",
    "po country": "country",
    "invoice number": "number",
    "invoice date": "issued_on",
    "due date": "due_on",
    "quantity": "quantity",
    "unit amount": "unit_price",
    "line amount": "net",
    "tax amount": "tax",
    "description": "product",
    "currency": "currency",
    "type": "kind",
    "status": "state",
    "invoice amount due": "open_amount",
    "total": "invoice_total",
    "tax total": "invoice_tax",
}

PROFILES = (
    Profile("cartera", ("client id", "issued on", "amount"), OWN),
    Profile(
        "uci_online_retail",
        ("invoice no", "stock code", "description", "quantity", "invoice date", "unit price", "customer id", "country"),
        {
            "invoice no": "number",
            "description": "product",
            "quantity": "quantity",
            "invoice date": "issued_on",
            "unit price": "unit_price",
            "customer id": "client_id",
            "country": "country",
        },
        credit_prefix="C",
    ),
    Profile(
        "qbo_sales_by_customer_detail",
        ("transaction type", "num", "sales price", "amount", "balance"),
        QUICKBOOKS,
        is_grouped=True,
    ),
    Profile("qbo_invoice_list", ("date", "transaction type", "num", "due date", "amount", "open balance"), QUICKBOOKS),
    Profile(
        "qbo_transaction_list_by_customer",
        ("date", "transaction type", "num", "posting", "amount"),
        QUICKBOOKS,
        is_grouped=True,
    ),
    Profile("xero_invoices_export", ("contact name", "invoice number", "invoice date", "line amount", "total"), XERO),
    Profile("xero_template", ("contact name", "invoice number", "invoice date", "unit amount", "account code"), XERO),
    Profile(
        "harvest_invoice_report",
        ("issue date", "id", "client", "invoice amount", "currency", "document type"),
        {
            "issue date": "issued_on",
            "last payment date": "paid_on",
            "id": "number",
            "client": "name",
            "invoice amount": "total",
            "tax": "tax",
            "tax2": "tax2",
            "balance": "open_amount",
            "currency": "currency",
            "document type": "kind",
            "client address": "street",
        },
    ),
    Profile(
        "sage_audit_trail",
        ("type", "account reference", "date", "reference", "net amount", "tax amount"),
        {
            "type": "kind",
            "account reference": "client_id",
            "date": "issued_on",
            "reference": "number",
            "details": "product",
            "net amount": "net",
            "tax amount": "tax",
        },
        credits_positive=True,
    ),
    Profile(
        "stripe_invoices",
        ("id", "customer", "number", "currency", "subtotal", "status"),
        {
            "customer": "client_id",
            "customer name": "name",
            "customer email": "email",
            "number": "number",
            "date utc": "issued_on",
            "created utc": "issued_on",
            "due date utc": "due_on",
            "subtotal": "net",
            "tax": "tax",
            "amount due": "open_amount",
            "currency": "currency",
            "status": "state",
        },
    ),
)


def profile_of(header: list[str]) -> Profile | None:
    """The first profile whose names are all in the header."""
    found = {normalised(cell) for cell in header}
    return next((p for p in PROFILES if found.issuperset(p.needs)), None)
