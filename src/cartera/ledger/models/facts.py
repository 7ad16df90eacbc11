"""Which facts come from sources? Clients and invoices with their lines, in the columns of the fact tables."""

from __future__ import annotations

from django.db import models

from cartera.ledger.fields import ADDRESS, NAME, REACH, Money, Text
from cartera.ledger.models.version import Version


class Client(Version):
    """A client as one source knows it. more: its further columns, which are dimensions."""

    client_id = Text()
    name = Text(null=True, personal=NAME)
    created_on = models.DateField(null=True)
    rep = Text(null=True)
    email = Text(null=True, personal=REACH)
    phone = Text(null=True, personal=REACH)
    website = Text(null=True, personal=REACH)
    street = Text(null=True, personal=ADDRESS)
    city = Text(null=True, personal=ADDRESS)
    region = Text(null=True)
    postcode = Text(null=True, personal=ADDRESS)
    country = Text(null=True)
    industry = Text(null=True)
    currency = Text(null=True)
    interest = models.BooleanField(null=True)
    can_pay = models.BooleanField(null=True)
    more = Text(default="{}", personal=REACH)

    COLUMNS = (
        "client_id", "name", "created_on", "rep", "email", "phone", "website", "street", "city", "region", "postcode",
        "country", "industry", "currency", "interest", "can_pay", "more",
    )  # fmt: skip

    class Meta(Version.Meta):
        """Found by client as well."""

        indexes = (*Version.Meta.indexes, models.Index(fields=("workspace", "client_id"), name="client_by_id"))


class Invoice(Version):
    """An invoice, a credit note or a plan. document: names its lines; fulfilled_by: the invoice that kept the plan."""

    invoice_id = Text()
    client_id = Text(null=True)
    kind = Text()
    state = Text()
    issued_on = models.DateField()
    known_on = models.DateField(null=True)
    void_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    amount = Money(null=True)
    currency = Text(null=True)
    base_amount = Money(null=True)
    open_amount = Money(null=True)
    credits = Text(null=True)
    rep = Text(null=True)
    number = Text(null=True)
    fulfilled_by = Text(null=True)
    document = models.BigIntegerField(null=True)
    more = Text(default="{}", personal=REACH)

    COLUMNS = (
        "invoice_id", "client_id", "kind", "state", "issued_on", "known_on", "void_on", "due_on", "paid_on", "amount",
        "currency", "base_amount", "open_amount", "credits", "rep", "number", "fulfilled_by", "document", "more",
    )  # fmt: skip

    class Meta(Version.Meta):
        """Found by client as well."""

        indexes = (*Version.Meta.indexes, models.Index(fields=("workspace", "client_id"), name="invoice_by_client"))


class Line(models.Model):
    """A line of a document. Lines are written before the invoice that shows them, and never changed."""

    document = models.BigIntegerField()
    line_no = models.BigIntegerField()
    product = Text(null=True)
    category = Text(null=True)
    quantity = Text(null=True)
    amount = Money(null=True)
    cost = Money(null=True)
    more = Text(default="{}", personal=REACH)

    COLUMNS = ("document", "line_no", "product", "category", "quantity", "amount", "cost", "more")

    class Meta:
        """Found by document."""

        indexes = (models.Index(fields=("document",), name="line_by_document"),)

    def __str__(self) -> str:
        return f"{self.document}/{self.line_no}"
