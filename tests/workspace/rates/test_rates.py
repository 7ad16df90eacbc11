"""Exchange rates: however a file has them, the ledger knows what one foreign unit is worth in its own currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.ledgers import MOMENT
from tests.shells.shell import cartera

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.rates.adding import add_rate, import_rates, listed, typed
from cartera.errors import Ambiguous
from cartera.facts.rates import PER_BASE, PER_FOREIGN, likelier, stored
from cartera.ledger.book import Book

DAY = date(2026, 3, 31)
ECB = "Date,USD,JPY,GBP,\n2026-03-31,1.0856,162.57,0.8366,\n2026-03-30,1.0811,161.6,N/A,\n"
LONG = "day,currency,rate\n2026-03-31,USD,0.92\n2026-03-31,JPY,0.0062\n31/31/2026,USD,1\n2026-03-30,ABC,1\n,,\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "rates.csv"
    path.write_text(text, encoding="utf-8")
    return path


def rates(book: Book) -> dict[str, str]:
    return {f"{row['currency']} {row['day']}": row["rate"] for row in listed(EVERYTHING, book)}


def test_the_central_banks_table_is_turned_round_because_the_yen_proves_it(book: Book, tmp_path: Path) -> None:
    found = import_rates(EVERYTHING, book, written(tmp_path, ECB), by="Ana")
    assert found.read_as == "1 EUR = 1.0856 USD on 2026-03-31" and (found.taken.new, found.empty) == (5, 1)
    assert rates(book)["JPY 2026-03-31"] == "0.006151196407701298"
    assert Decimal(rates(book)["USD 2026-03-31"]) * Decimal("1.0856") == pytest.approx(Decimal(1))


def test_again_changes_nothing_and_undo_takes_it_back(book: Book, tmp_path: Path) -> None:
    from cartera.ledger.undo import undo

    first = import_rates(EVERYTHING, book, written(tmp_path, ECB), by="Ana")
    version = book.facts_version
    again = import_rates(EVERYTHING, book, written(tmp_path, ECB), by="Ana")
    assert again.taken.counts == "0 new, 0 changed, 5 unchanged" and book.facts_version == version
    undo(book, first.taken.number, at=MOMENT, by="Ana")
    assert rates(book) == {}


def test_every_row_is_accounted_for(book: Book, tmp_path: Path) -> None:
    found = import_rates(EVERYTHING, book, written(tmp_path, LONG), by="Ana")
    assert found.taken.account.equation == "6 rows read = 2 accepted + 2 rejected + 2 structural"
    assert rates(book) == {"JPY 2026-03-31": "0.0062", "USD 2026-03-31": "0.92"}
    assert [one.sentence for one in found.problems] == [
        "rates.csv, line 4, column day: BAD_DATE '31/31/2026'. Write year-month-day: 2026-03-31.",
        "rates.csv, line 5, column currency: UNKNOWN_CURRENCY 'ABC'. Use a code of three letters, such as EUR.",
    ]


def test_dollars_alone_prove_nothing(book: Book, tmp_path: Path) -> None:
    path = written(tmp_path, "Date,USD\n2026-03-31,1.0856\n")
    with pytest.raises(Ambiguous) as asked:
        import_rates(EVERYTHING, book, path, by="Ana")
    assert str(asked.value) == (
        "rates.csv: The rate 1.0856 of USD on 2026-03-31 can be read in two ways.\n"
        "  --direction per-foreign 1 USD = 1.0856 EUR\n  --direction per-base 1 EUR = 1.0856 USD"
    )
    import_rates(EVERYTHING, book, path, by="Ana", direction=PER_FOREIGN)
    assert rates(book) == {"USD 2026-03-31": "1.0856"}


def test_a_table_about_the_euro_is_crossed_into_another_currency(book: Book, tmp_path: Path) -> None:
    from cartera.ledger.models import Workspace

    Workspace.objects.using(book.alias).update(currency="USD")
    found = import_rates(EVERYTHING, book, written(tmp_path, ECB), by="Ana")
    assert found.notices == ("Crossed through the euro, which the table is about, into USD.",)
    held = rates(book)
    assert held["EUR 2026-03-31"] == "1.0856"
    assert Decimal(held["JPY 2026-03-31"]) * Decimal("162.57") == pytest.approx(Decimal("1.0856"))


def test_a_rate_typed_the_wrong_way_round_is_asked(book: Book) -> None:
    number, sentence = add_rate(EVERYTHING, book, typed(DAY, "usd", "0,92"), by="Ana")
    assert (number, sentence) == (1, "On 2026-03-31: 1 USD = 0.92 EUR")
    with pytest.raises(Ambiguous) as asked:
        add_rate(EVERYTHING, book, typed(DAY, "JPY", "160"), by="Ana")
    assert "1 EUR = 160 JPY  (likelier: 1 JPY = 160 EUR would be far from what is usual)" in str(asked.value)
    add_rate(EVERYTHING, book, typed(DAY, "JPY", "160"), by="Ana", direction=PER_BASE)
    assert rates(book)["JPY 2026-03-31"] == "0.00625"


@pytest.mark.parametrize(
    ("rate", "currency", "found"),
    [("160", "JPY", PER_BASE), ("0.0062", "JPY", PER_FOREIGN), ("1.08", "USD", None), ("0.92", "USD", None),
     ("6.2", "BRL", PER_BASE), ("0.16", "BRL", PER_FOREIGN), ("5", "XPF", None)],
)  # fmt: skip
def test_which_way_round_is_likelier(rate: str, currency: str, found: str | None) -> None:
    assert likelier(Decimal(rate), currency, "EUR") == found


def test_no_rate_is_ever_a_float() -> None:
    assert stored(Decimal("1.10"), PER_FOREIGN) == "1.1" and stored(Decimal(3), PER_BASE) == "0.3333333333333333"


def test_at_the_command_line(workspace: str, tmp_path: Path) -> None:
    done = cartera(f"rates import {written(tmp_path, ECB)} -w {workspace}")
    assert done.out.startswith(
        "3 rows read = 2 accepted + 0 rejected + 1 structural. Rates: 5 new, 0 changed, 0 unchanged,"
    )
    assert done.told == "Read as: 1 EUR = 1.0856 USD on 2026-03-31.\n"
    assert cartera(f"rates list --currency GBP -w {workspace}").out == "2026-03-31  1 GBP = 1.195314367678699 EUR\n"
