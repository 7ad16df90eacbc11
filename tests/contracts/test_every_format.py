"""Is every question answered in every format, about a whole company, a bare table, one client, a year without sales?

And about two real files, one with reps and products, one of half a million lines. Each answer is made once and written
in every format; a view without a picture says so.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.shared import shared

from cartera.app.export.formats import MODULES, encoded
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show
from cartera.app.sources import Opened, open_source
from cartera.cli.render.table import print_table
from cartera.engine import open_facts
from cartera.errors import CarteraError
from cartera.facts.tables import Facts
from cartera.portfolio.policy import Policy
from cartera.sources.demo import company
from cartera.views.registry import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cartera.views.view import Answer, View

LARGE = ("composition", "activity", "clients", "rfm", "funnel", "cohorts", "abc", "figures")

DAY = date(2026, 3, 31)
UNSAID = re.compile(r"\b(None(?!:)|nan|NaN|NaT|inf)\b")  # "None: no purchase date" is a class
# How many of one: "1 clients", "1 are"; a version of a file, a share or a date may end in a 1 before.
WRONG_NUMBER = re.compile(r"(?<![\d.,:-])1 (?:clients|invoices|lines|lifetimes|purchases|are|have|were|periods)\b")


def bare(*rows: tuple[str, str, str]) -> dict[str, pa.Table]:
    """Invoices with a client, a date and an amount, and nothing else."""
    names = ("client_id", "issued_on", "amount")
    return {"invoices": pa.table({name: [row[n] for row in rows] for n, name in enumerate(names)})}


def regular(client: str, start: date, months: int, every: int = 1) -> list[tuple[str, str, str]]:
    """One invoice on the first of each month, or of every so many."""
    firsts = [(start.year * 12 + start.month - 1 + step) for step in range(0, months, every)]
    return [(client, f"{month // 12}-{month % 12 + 1:02}-01", f"{100 + n}.50") for n, month in enumerate(firsts)]


THREE = [
    row for n in range(12) for row in regular(f"Client {n:02}", date(2023, n % 9 + 1, 1), 12 + 3 * n, every=n % 3 + 1)
]
CASES: dict[str, Callable[[], dict[str, pa.Table]]] = {
    "demo": lambda: company("services", DAY),
    "three columns": lambda: bare(*THREE),
    "one client": lambda: bare(*regular("Acme", date(2025, 1, 1), 9)),
    "one invoice": lambda: bare(("Acme", "2026-03-01", "100.50")),
    "no sales": lambda: bare(*regular("Acme", date(2022, 1, 1), 9), *regular("Bolt", date(2022, 3, 1), 9, every=2)),
}
FILES = {
    "lines": "northwind_invoice_lines.csv",
    "documents": "northwind_invoices.csv",
    "retail": "online_retail_uci.csv.gz",
}
ONE = {"demo": "C039", "three columns": "Client 05", "lines": "ALFKI", "documents": "ALFKI", "retail": "17850"}
SPLIT = [
    ("composition", "rep"), ("composition", "country"), ("bridge", "product"), ("bridge", "rep"), ("balance", "rep"),
    ("retention", "country"), ("cross", "country"), ("survival", "country"),
]  # fmt: skip


@cache
def source(case: str) -> Opened:
    """The facts of the case, opened once."""
    if case in CASES:
        return Opened(case, open_facts(Facts(**CASES[case]())), ends_on=DAY)
    return open_source(EVERYTHING, str(shared("data", FILES[case])))


def answered(view: View, case: str, by: tuple[str, ...] = ()) -> Answer:
    """The view's answer about the case, of one client where it is of one."""
    where = (("client_id", ONE.get(case, "Acme")),) if view.is_of_one else ()
    return show(EVERYTHING, source(case), view, Ask(Policy.kopilot(), Policy.salescope(), where=where, by=by))


def on_screen(answer: Answer) -> str:
    """The table as a person sees it."""
    file = io.StringIO()
    print_table(answer, file, limit=40)
    return file.getvalue()


def check_words(answer: Answer) -> None:
    """What is read must be words: no empty answer of a machine, no "1 clients"."""
    for said in (answer.sentence, *answer.notices):
        assert not UNSAID.search(said), said
        assert not WRONG_NUMBER.search(said), said
        assert "  " not in said
    assert " ".join(answer.view.question.split()) in " ".join(on_screen(answer).split())


def check_data(answer: Answer) -> None:
    """The data formats hold the same rows and the same totals, under the same names."""
    names, count = [column.name for column in answer.columns], answer.rows.num_rows
    objects = json.loads(encoded(answer, "json"))
    lines = list(csv.DictReader(io.StringIO(encoded(answer, "csv", raw=True).decode())))
    kept = pq.read_table(io.BytesIO(encoded(answer, "parquet")))
    assert len(objects) == len(lines) == kept.num_rows == count
    assert kept.column_names == names
    assert all(list(one) == names for one in (*objects[:1], *lines[:1]))
    for column in answer.columns:
        if column.total and column.unit == "money":
            summed = [sum(Decimal(one[column.name] or 0) for one in rows) for rows in (objects, lines)]
            assert summed == [answer.totals[column.name]] * 2
    with zipfile.ZipFile(io.BytesIO(encoded(answer, "xlsx"))) as book:
        assert book.testzip() is None


def check_picture(answer: Answer) -> None:
    """The picture is drawn, or one sentence says why there is none."""
    drawn, refused = picture(answer)
    if refused:
        assert refused.fix
        assert answer.view.picture is None or re.search("shows (one|[0-9]+) ", str(refused))
    else:
        assert drawn.startswith("<svg ")
        assert not re.search(r">(?:NaN|undefined|null)<", drawn)


def picture(answer: Answer) -> tuple[str, CarteraError | None]:
    """The picture as text, or why there is none."""
    try:
        return encoded(answer, "svg").decode(), None
    except CarteraError as refused:
        return "", refused


def check(answer: Answer) -> None:
    """All that an answer promises, in every format."""
    assert set(MODULES) == {"json", "csv", "xlsx", "parquet", "svg"}, "a format that is not tried here"
    check_words(answer)
    check_data(answer)
    check_picture(answer)


def every(cases: Iterable[str]) -> list[Any]:
    """Each view with each of the cases."""
    return [
        pytest.param(view, case, id=f"{view.name} {case}", marks=_weight(view, case))
        for view in VIEWS
        for case in cases
    ]


def _weight(view: View, case: str) -> pytest.MarkDecorator:
    """Some cases are asked a few questions in the gate, half a million lines among them, and all for make proof."""
    is_long = case in ("retail", "no sales", "documents") and view.name not in LARGE
    return pytest.mark.slow if is_long else pytest.mark.thorough


@pytest.mark.parametrize(("view", "case"), every(CASES))
def test_every_view_is_answered_in_every_format(view: View, case: str) -> None:
    check(answered(view, case))


@pytest.mark.parametrize(("view", "case"), every(FILES))
def test_every_view_of_a_real_file_is_answered_in_every_format(view: View, case: str) -> None:
    check(answered(view, case))


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "by"), SPLIT)
def test_reps_countries_and_products_stand_in_the_rows(name: str, by: str) -> None:
    [view] = [one for one in VIEWS if one.name == name]
    answer = answered(view, "lines", (by,) if name != "cross" else (by, "segment"))
    assert len(set(answer.rows[by].to_pylist())) > 5
    check(answer)
