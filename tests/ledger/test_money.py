"""Does money leave the ledger as it came in, to the last place?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.facts import amounts, imported, invoice_rows, moment

from cartera.ledger.database import connection
from cartera.ledger.entry import entry
from cartera.ledger.fields import scaled
from cartera.ledger.models import FACTS, Invoice, Line

LARGEST = Decimal("99999999999999.9999")
EXACT = ["0", "-0", "0.0001", "-0.0001", "0.10", "999999999999.9999", "100000000000000", LARGEST, -LARGEST]
anything = st.decimals(-LARGEST, LARGEST, places=4)


@pytest.mark.parametrize("amount", EXACT)
def test_an_amount_comes_back(book, amount):
    imported(book, invoice_rows({"one": Decimal(amount)}))
    found = amounts(book)["one"]
    assert (found, type(found)) == (Decimal(amount), Decimal)


def test_an_amount_comes_back_from_an_entry(book):
    with entry(book, "plan", at=moment(1), by="Ana") as made:
        told: dict[str, Any] = {"kind": "invoice", "state": "planned", "issued_on": "2026-04-01", "currency": "EUR"}
        made.put(Invoice, "plan", invoice_id="plan", client_id="acme", amount=Decimal("1e14"), **told)
    assert amounts(book)["plan"] == Decimal(100_000_000_000_000)


def test_sums_in_the_database_are_exact(book):
    imported(book, invoice_rows({f"i{one}": Decimal("0.10") for one in range(3)}))
    found = Invoice.objects.using(book.alias).aggregate(sum=Sum("amount"))["sum"]
    assert found == Decimal("0.30")


@settings(max_examples=200)
@given(anything)
def test_scaling_is_exact(amount):
    assert Decimal(scaled(amount) or 0).scaleb(-4) == amount


@given(st.decimals(-(10**12), 10**12, places=8))
def test_more_places_are_rounded_half_to_even(amount):
    assert Decimal(scaled(amount) or 0).scaleb(-4) == amount.quantize(Decimal("0.0001"))


@pytest.mark.parametrize("amount", [0.1, 1e14, float("nan")])
def test_a_float_is_refused(book, amount):
    with pytest.raises(TypeError, match="money is a decimal, not the float"):
        scaled(amount)
    with pytest.raises(TypeError, match="money is a decimal, not the float"):
        Line(document=1, line_no=1, amount=amount).save(using=book.alias)


def test_no_column_of_the_ledger_is_a_float(book):
    with connection(book.alias).cursor() as cursor:
        for model in (*FACTS, Line):
            found = connection(book.alias).introspection.get_table_description(cursor, model._meta.db_table)
            kinds = {connection(book.alias).introspection.get_field_type(one.type_code, one) for one in found}
            assert not {"FloatField", "DecimalField"} & kinds
