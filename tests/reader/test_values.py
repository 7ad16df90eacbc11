"""Which day and which number does a text write? Tables of texts, and the questions where a text does not say."""

from __future__ import annotations

from datetime import date

import pytest
from tests.reader.given import invoices, read, refused
from tests.shared import shared

from cartera.errors import Ambiguous
from cartera.sources.files import dates, decimals
from cartera.sources.files.grid import EXACT

DAYS = {
    "2026-03-31": "2026-03-31",
    "2026/3/1": "2026-03-01",
    "2010-12-01 08:26:00": "2010-12-01",
    "2026-03-31T23:59:59Z": "2026-03-31",
    "20260331": "2026-03-31",
    "March 31, 2026": "2026-03-31",
    "Sunday, March 1, 2026": "2026-03-01",
    "31 Mar 2026": "2026-03-31",
    "31-Mar-26": "2026-03-31",
    "31 de março de 2026": "2026-03-31",
    "1er février 2026": "2026-02-01",
    "3 août 2026": "2026-08-03",
    "15 de enero de 2026": "2026-01-15",
    "5. Dezember 1999": "1999-12-05",
    "3 luglio 2026": "2026-07-03",
    "1 mrt 2026": "2026-03-01",
    f"{EXACT}46112": "2026-03-31",
    f"{EXACT}20260331": "2026-03-31",
}
NO_DAYS = ["30 Feb 2026", "2026-02-30", "12", "May", "hello", "31/12", "1234.56", "2026", "١٢ مايو ٢٠٢٦"]


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_texts_that_are_days_by_themselves(text: str, day: str) -> None:
    assert dates.read(text) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NO_DAYS)
def test_texts_that_are_no_days(text: str) -> None:
    assert dates.read(text) is None


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("01/02/2026", "dmy", "2026-02-01"),
        ("01/02/2026", "mdy", "2026-01-02"),
        ("1.2.69", "dmy", "2069-02-01"),
        ("1-2-70", "dmy", "1970-02-01"),
        ("26/01/02", "ymd", "2026-01-02"),
        ("01 02 2026 13:45", "dmy", "2026-02-01"),
    ],
)
def test_texts_that_need_an_order(text: str, order: str, day: str) -> None:
    found = dates.read(text)
    assert isinstance(found, dates.Pending)
    assert found.day(order) == date.fromisoformat(day)


NUMBERS = {
    "1,234.56": "1234.56",
    "1.234,56": "1234.56",
    "1 234,56": "1234.56",
    "1\u00a0234,56": "1234.56",
    "1\u202f234\u202f567,8": "1234567.8",
    "1'234.56": "1234.56",
    "1,23,456.00": "123456.00",
    "$2,250.00": "2250.00",
    "$-65.00": "-65.00",
    "-$65.00": "-65.00",
    "R$ 10,50": "10.50",
    "10.50 EUR": "10.50",
    "(99.90)": "-99.90",
    "99.90-": "-99.90",
    "99.90 CR": "-99.90",
    "\u221299,90": "-99.90",
    "0.125": "0.125",
    "12,5": "12.5",
    "1.2345": "1.2345",
    "1.234.567": "1234567",
    ".5": "0.5",
    "7": "7",
    "1234.567": "1234.567",
}
NO_NUMBERS = [
    "NaN",
    "inf",
    "1e999",
    "12%",
    "1.2.3,4,5",
    "1 2",
    "(5",
    "١٢٣",
    "\uff11\uff12",
    "x",
    "1,2345.6",
    "123456789012345",
]


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_texts_that_are_numbers(text: str, number: str) -> None:
    shape = decimals.shape(text)
    assert decimals.written(shape, decimals.signs([text], [shape]).sign or "point") == number


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_texts_that_are_no_numbers(text: str) -> None:
    shape = decimals.shape(text)
    assert shape.hint == "bad" or decimals.written(shape, "point") is None


class TestTheSignOfAColumn:
    def test_two_cells_decide_for_the_third(self, tmp_path) -> None:
        text = (
            shared("payloads", "files", "eur.csv")
            .read_text()
            .replace("\n", ";2026-01-31\n")
            .replace("montant;2026-01-31", "montant;date")
        )
        assert [row[2] for row in invoices(read(tmp_path, text))] == ["1234.56", "12.5", "1000"]

    def test_thousands_alone_are_asked(self, tmp_path) -> None:
        text = "client;montant;date\nC;1.000;2026-01-31\nD;2.500;2026-01-31\n"
        with pytest.raises(Ambiguous) as asked:
            read(tmp_path, text)
        (question,) = asked.value.questions
        assert (question.option, list(question.readings)) == ("--decimal", ["point", "comma"])
        assert "1.000 is 1000" in question.readings["comma"]
        assert [row[2] for row in invoices(read(tmp_path, text, decimal="comma"))] == ["1000", "2500"]
        assert [row[2] for row in invoices(read(tmp_path, text, decimal="point"))] == ["1", "2.5"]

    def test_cells_that_contradict_are_asked_and_the_others_refused(self, tmp_path) -> None:
        text = "client;montant;date\nC;10,50;2026-01-31\nD;10.50;2026-01-31\n"
        with pytest.raises(Ambiguous) as asked:
            read(tmp_path, text)
        assert asked.value.questions[0].unclear == "Column montant mixes decimal points and commas."
        assert refused(read(tmp_path, text, decimal="comma")) == [("BAD_NUMBER", "line 3", "montant", "10.50")]

    def test_quantities_follow_the_price_beside_them(self, tmp_path) -> None:
        reading = read(tmp_path, "client;date;qty;price\nA;2026-01-31;1.000;2,50\n")
        assert invoices(reading) == [("A", "2026-01-31", "2500")]

    def test_both_questions_come_at_once(self, tmp_path) -> None:
        with pytest.raises(Ambiguous) as asked:
            read(tmp_path, "client;date;net\nA;01/02/2026;1.000\n")
        assert [question.option for question in asked.value.questions] == ["--date-order", "--decimal"]
        assert asked.value.exit_status == 3


class TestTheOrderOfAFile:
    def test_another_date_column_decides(self, tmp_path) -> None:
        reading = read(tmp_path, "client,date,due date,net\nA,01/02/2026,15/02/2026,1\n")
        assert invoices(reading)[0][1] == "2026-02-01"

    def test_same_numbers_need_no_order(self, tmp_path) -> None:
        assert invoices(read(tmp_path, "client,date,net\nA,03/03/2026,1\n"))[0][1] == "2026-03-03"

    def test_a_mixed_column_is_asked_and_the_others_refused(self, tmp_path) -> None:
        text = "client,date,net\nA,31/01/2026,1\nB,01/31/2026,2\nC,01/02/2026,3\n"
        with pytest.raises(Ambiguous) as asked:
            read(tmp_path, text)
        assert asked.value.questions[0].unclear == "Column date mixes day first and month first."
        reading = read(tmp_path, text, date_order="mdy")
        assert refused(reading) == [("BAD_DATE", "line 2", "date", "31/01/2026")]

    def test_days_that_do_not_exist_are_refused(self, tmp_path) -> None:
        reading = read(tmp_path, "client,date,net\nA,30/02/2026,1\nB,31/01/2026,2\n")
        assert refused(reading) == [("BAD_DATE", "line 2", "date", "30/02/2026")]

    def test_terms_of_payment_speak_for_an_order(self, tmp_path) -> None:
        with pytest.raises(Ambiguous) as asked:
            read(tmp_path, "client,date,due date,net\nA,05/02/2026,07/03/2026,1\n")
        assert asked.value.questions[0].preselected == "dmy"
