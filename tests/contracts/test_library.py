"""What does the library promise? Any kind of table in, the same kind back; names described; errors with a way out."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from tests.engines.kinds import Kind, arrow_table, pandas_frame, polars_frame, polars_lazy, relation
from tests.portfolios import random_facts, tables

import cartera

if TYPE_CHECKING:
    from pathlib import Path

DAY, SINCE = date(2024, 2, 29), date(2023, 8, 31)
NO_QUESTIONS = {"open", "read", "explain", "check"}
QUESTIONS = [
    name for name in cartera.__all__ if inspect.isfunction(getattr(cartera, name)) and name not in NO_QUESTIONS
]
WANTED = {"day": DAY, "since": SINCE, "against": cartera.Policy.salescope(), "client_id": "c00000"}
ALSO = {"composition": {"by": "rep"}, "balance": {"by": "rep", "every": "quarter"}}
KINDS: dict[str, Kind] = {
    "duckdb": relation,
    "polars lazy": polars_lazy,
    "polars": polars_frame,
    "pandas": pandas_frame,
}
every_question = pytest.mark.parametrize("question", QUESTIONS)
every_name = pytest.mark.parametrize("name", cartera.__all__)
PLAIN = pa.table({"client_id": ["a", "b"], "issued_on": [DAY, SINCE], "amount": [10, 20], "town": ["Porto", "Lyon"]})


@cache
def given(kind: Kind) -> cartera.Facts:
    """A portfolio as tables of that kind."""
    return cartera.Facts(**{name: kind(table) for name, table in tables(random_facts(9, 60, around=DAY)).items()})


@cache
def expected(question: str) -> list[str]:
    answer: pa.Table = asked(question, given(arrow_table))
    return in_order(answer)


def in_order(answer: pa.Table) -> list[str]:
    """Rows as text in an order of their own; engines differ in the last binary digit of a quotient."""
    return sorted(
        repr([round(cell, 12) if isinstance(cell, float) else cell for cell in row.values()])
        for row in answer.to_pylist()
    )


def as_arrow(answer: Any) -> pa.Table:
    """The same rows as Arrow, whatever kind they came in."""
    if hasattr(answer, "collect"):
        answer = answer.collect()
    for method in ("to_arrow_table", "to_arrow"):
        if hasattr(answer, method):
            return getattr(answer, method)()
    return pa.Table.from_pandas(answer, preserve_index=False)


def asked(question: str, facts: cartera.Facts) -> Any:
    """The answer to the question with every keyword that it must be given."""
    function = getattr(cartera, question)
    wanted = [one.name for one in inspect.signature(function).parameters.values() if one.default is one.empty][1:]
    return function(facts, **{name: WANTED[name] for name in wanted}, **ALSO.get(question, {}))


@pytest.mark.thorough
@every_question
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_same_kind_comes_back_with_the_same_rows(question: str, kind: Kind) -> None:
    facts = given(kind)
    answer = asked(question, facts)
    assert type(answer) is type(facts.invoices)
    told = as_arrow(answer)
    assert told.num_rows == len(expected(question)) > 0
    if kind is not pandas_frame:  # pandas has no missing whole number: a column with one comes as floats
        assert in_order(told.cast(asked(question, given(arrow_table)).schema)) == expected(question)


@every_question
def test_an_answer_in_arrow_is_an_arrow_table(question: str) -> None:
    assert isinstance(asked(question, given(arrow_table)), pa.Table)


@every_name
def test_every_name_is_there_and_described(name: str) -> None:
    assert name in dir(cartera)
    assert inspect.getdoc(getattr(cartera, name))


@pytest.mark.parametrize("name", [*QUESTIONS, "explain"])
def test_a_question_about_a_day_wants_the_day_by_name_and_everything_has_a_type(name: str) -> None:
    signature = inspect.signature(getattr(cartera, name))
    if name != "timeline":
        day = signature.parameters["day"]
        assert (day.kind, day.default) == (day.KEYWORD_ONLY, day.empty)
    assert all(one.annotation is not one.empty for one in signature.parameters.values())
    assert signature.return_annotation is not signature.empty


def test_an_unknown_name_of_the_library_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'activities'"):
        cartera.activities  # noqa: B018


REFUSED: dict[str, tuple[Callable[[cartera.Facts], Any], str]] = {
    "an unknown client": (
        lambda facts: cartera.explain(facts, "aa", day=DAY),
        f"on {DAY}: unknown client 'aa'. Did you mean 'a'? Valid: a, b.",
    ),
    "a client that is none yet": (
        lambda facts: cartera.explain(facts, "a", day=SINCE),
        f"'a' is no client yet on {SINCE}. Ask for a later day",
    ),
    "an unknown dimension": (lambda facts: cartera.composition(facts, day=DAY, by="twon"), "Did you mean 'town'?"),
    "an unknown filter": (
        lambda facts: cartera.clients(facts, day=DAY, where={"twon": "Lyon"}),
        "Did you mean 'town'?",
    ),
    "an unknown subject": (lambda facts: cartera.activity(facts, day=DAY, subject="twon"), "Did you mean 'town'?"),
    "a policy that contradicts itself": (
        lambda _: cartera.Policy.kopilot(active_months=8, sleeping_months=4),
        "A working example: active_months = 4",
    ),
    "an unknown number of a policy": (
        lambda _: cartera.Policy.salescope(inactiv_months=4),
        "Did you mean 'inactive_months'?",
    ),
    "no table": (
        lambda _: cartera.clients(cartera.Facts(invoices=[("a", DAY, 1)]), day=DAY),
        "invoices: cannot read a builtins.list as a table.",
    ),
    "a file that is not there": (lambda _: cartera.read("nowhere.csv"), "there is no file or folder 'nowhere.csv'."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_answered_is_refused_with_a_way_out(case: str) -> None:
    ask, said = REFUSED[case]
    with pytest.raises(cartera.CarteraError) as refused:
        ask(cartera.Facts(invoices=PLAIN))
    assert said in refused.value.sentence
    assert refused.value.exit_status == 2


def test_a_file_is_read_and_asked(tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text("client_id,issued_on,amount\na,2024-02-29,10.50\nb,2023-08-31,7\n", encoding="utf-8")
    rows = cartera.clients(cartera.read(file), day=DAY).to_pylist()
    assert {row["client_id"]: (row["segment"], str(row["total_amount"])) for row in rows} == {
        "a": ("active", "10.5000"),
        "b": ("sleeping_away", "7.0000"),
    }


def test_a_filter_a_split_and_a_subject_reach_the_answer() -> None:
    facts = cartera.Facts(invoices=PLAIN)
    assert cartera.clients(facts, day=DAY, where={"town": "Lyon"})["client_id"].to_pylist() == ["b"]
    assert set(cartera.composition(facts, day=DAY, by="town")["town"].to_pylist()) == {"Porto", "Lyon"}
    towns = cartera.activity(facts, day=DAY, subject="town").to_pylist()
    assert {row["client_id"]: row["segment"] for row in towns} == {"Porto": "active", "Lyon": "sleeping_away"}


def test_an_explanation_says_why_what_to_do_and_on_what_it_rests() -> None:
    found = cartera.explain(cartera.Facts(invoices=PLAIN), "b", day=DAY)
    assert found.state["segment"] == "sleeping_away"
    assert "2023-08-31" in found.text
    assert found.todo
    assert [(row["what"], row["on"]) for row in found.evidence] == [("last invoice", SINCE)]


def test_problems_of_the_facts_are_rows_with_a_fix() -> None:
    odd = PLAIN.append_column("kind", pa.array(["invoice", "credit_note"]))
    found = cartera.check(cartera.Facts(invoices=odd))
    assert [(problem.code, problem.column, problem.value) for problem in found] == [
        ("CREDIT_SIGN", "amount", "20.00"),
        ("NEVER_BORN", "created_on", ""),
    ]
    assert all(problem.hint.endswith(".") for problem in found)
    assert cartera.check(cartera.Facts(invoices=PLAIN)) == []
