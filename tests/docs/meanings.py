"""What does each column of a fact table mean? In words that an owner would use."""

from __future__ import annotations

COLUMNS: dict[str, dict[str, str]] = {
    "clients": {
        "client_id": "your key for the client; it never changes",
        "name": "as people say it; missing: the id",
        "created_on": "since when it is a client; missing: its first invoice, or the day its first plan became known",
        "rep": "who looks after it; missing: the rep of its latest counted invoice",
        "email": "contact", "phone": "contact", "website": "contact",
        "street": "address", "city": "address, and a dimension", "region": "address, and a dimension",
        "postcode": "address, and a dimension", "country": "address, and a dimension",
        "industry": "a dimension", "currency": "the currency it is invoiced in",
        "interest": "whether it showed interest", "can_pay": "whether it can pay",
    },
    "invoices": {
        "invoice_id": "your key; missing: the row's number. Numbers repeat in real data, ids must not",
        "client_id": "whose it is; empty: counted apart, in no segment",
        "kind": "`invoice` or `credit_note`; missing: by the amount's sign. A negative one is always a credit note",
        "state": "`issued`, `planned` or `void`; missing: issued",
        "issued_on": "the date on the document",
        "known_on": "the day it became known (entered, planned); missing: its date, and for a plan every day",
        "void_on": "the day it was voided or dropped; it counts on the days before",
        "due_on": "when it is to be paid", "paid_on": "when it was paid",
        "amount": "net of tax, in the document's currency; negative on credit notes",
        "currency": "three letters; missing: yours, whatever it is",
        "base_amount": "the amount in your own currency at the document's rate",
        "open_amount": "still owed, tax included",
        "credits": "the `invoice_id` that a credit note takes back",
        "rep": "who sold it", "number": "the number on the document", "source": "where it comes from",
    },
    "lines": {
        "invoice_id": "the invoice it stands on", "line_no": "its place", "product": "what was sold",
        "category": "its group", "quantity": "how many", "amount": "net of tax", "cost": "what it cost you",
    },
    "marks": {
        "client_id": "of whom it is said", "mark": "`cancelled`, `lost` or `reactivated`",
        "marked_on": "from which day it holds", "recorded_at": "when it was entered; decides between marks of one day",
        "by": "who said it", "reason": "why, as a word of yours", "note": "why, in a sentence",
        "review_on": "when to look again",
    },
}  # fmt: skip
