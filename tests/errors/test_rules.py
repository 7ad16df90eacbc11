"""Every rule of one's own that is refused, with its whole message: file and line, what was found, how to write it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import cartera
from cartera.app.rules import rules_of
from cartera.portfolio.custom_reading import read_rules
from cartera.portfolio.custom_rules import OPERATORS

DAY = date(2026, 3, 31)
ALL = 'all = [{ column = "rep", is = "Ana" }, { column = "amount", at_least = 1000 }]'
FIX = f'For example ["big in France"] and below it {ALL}'
ONE_OF = f"One of all, any, not, column, has_been; for example {ALL}"
COLUMN = 'For example { column = "amount", at_least = 1000 }'
BEEN = 'For example has_been = "sleeping away", for_days = 30'
SEVERAL = f"One a condition, several under all: {ALL}"
SIGNS = ", ".join(OPERATORS)
MISWRITTEN = [
    ("", f"r.toml: there is no custom segment. {FIX}"),
    (
        '["a"\n',
        f"r.toml: not a TOML text: Expected ']' at the end of a table declaration (at line 1, column 5). {FIX}",
    ),
    ("big = 3", f"r.toml, line 1: 3 is no condition. {COLUMN}"),
    ('# first\n\n["a"]\nall = []', "r.toml, line 4: all is empty. For example " + ALL),
    (
        '["a"]\nany = 3',
        "r.toml, line 2: any is 3, no list."
        ' For example any = [{ column = "country", is = "France" }, { column = "country", is = "Spain" }]',
    ),
    ('["a"]', f"r.toml, line 1: this is no condition: nothing. {ONE_OF}"),
    ('["a"]\nbig = true', f"r.toml, line 2: this is no condition: big. {ONE_OF}"),
    (
        '["a"]\nall = [{ column = "rep", is = "Ana" }]\nany = [{ column = "rep", is = "Bo" }]',
        f"r.toml, line 2: a condition is of one kind; found: all, any. {ONE_OF}",
    ),
    (
        '["a"]\nall = [{ column = "rep", is = "Ana" }]\nnote = "x"',
        "r.toml, line 3: unknown word beside all 'note'. Valid: all.",
    ),
    ('["a"]\ncolumn = ""\nis = "Ana"', f"r.toml, line 2: column is ''. {COLUMN}"),
    (
        '["a"]\ncolumn = "rep"',
        f"r.toml, line 2: rep is compared with nothing. {SEVERAL}",
    ),
    (
        '["a"]\nall = [\n  { column = "amount", above = 1, below = 9 },\n]',
        f"r.toml, line 3: amount is compared in 2 ways. One a condition, several under all: {ALL}",
    ),
    (
        '["a"]\ncolumn = "amount"\natleast = 3',
        f"r.toml, line 3: unknown operator 'atleast'. Did you mean 'at_least'? Valid: {SIGNS}.",
    ),
    (
        '["a"]\ncolumn = "amount"\nbetween = 3',
        "r.toml, line 2: amount between 3: not what it is compared with. For example between = [1000, 5000]",
    ),
    (
        '["a"]\ncolumn = "volume"\nin = []',
        'r.toml, line 2: volume in []: not what it is compared with. For example in = ["very high", "high"]',
    ),
    (
        '["a"]\ncolumn = "amount"\nabove = [1, 2]',
        "r.toml, line 2: amount above [1, 2]: not what it is compared with. For example above = 1000",
    ),
    (
        '["a"]\nany = [\n  { column = "rep", missing = true },\n  { column = "rep", missing = "no" },\n]',
        "r.toml, line 4: rep missing is 'no'. For example missing = true",
    ),
    (
        '["a"]\ncolumn = "rep"\nmissing = "yes"',
        "r.toml, line 2: rep missing is 'yes'. For example missing = true",
    ),
    ('["a"]\nhas_been = "leaving"', f"r.toml, line 2: for_days is missing. {BEEN}"),
    ('["a"]\nhas_been = "leaving"\nfor_days = 1.5', f"r.toml, line 2: for_days is 1.5. {BEEN}"),
    ('["a"]\nhas_been = 3\nfor_days = 3', f"r.toml, line 2: has_been is 3. {BEEN}"),
    (
        '["a"]\nhas_been = "leaving"\nfor_day = 3',
        "r.toml, line 3: unknown word beside has_been 'for_day'. Did you mean 'for_days'? Valid: has_been, for_days.",
    ),
    (
        '["a"]\n' + "not." * 30 + 'column = "rep"',
        f"r.toml, line 2: conditions lie deeper than 20 in each other. {ONE_OF}",
    ),
]
LABELS = "no activity, new, active, sleeping away, hibernating, leaving, lost, cancelled"
SAME = "is, is_not, in, missing"
UNANSWERABLE = [
    (
        'column = "segment"\nis = "sleepy"',
        f"r.toml, line 2: unknown segment of policy kopilot 'sleepy'. Did you mean 'sleeping away'? Valid: {LABELS}.",
    ),
    (
        'has_been = "inactive"\nfor_days = 30',
        f"r.toml, line 2: unknown segment of policy kopilot 'inactive'. Did you mean 'active'? Valid: {LABELS}.",
    ),
    (
        'column = "volume"\nis = "hgih"',
        "r.toml, line 2: unknown volume 'hgih'. Did you mean 'high'? Valid: very high, high, average, low, none.",
    ),
    ('column = "rep"\nabove = "Ana"', f"r.toml, line 2: unknown operator of rep 'above'. Valid: {SAME}."),
    (
        'column = "amount"\nabove = "1000"',
        "r.toml, line 2: amount is compared with '1000', not with an amount of at most four decimals."
        ' For example { column = "amount", at_least = 1000 }',
    ),
    (
        'column = "amount"\nabove = 0.00001',
        "r.toml, line 2: amount is compared with 0.00001, not with an amount of at most four decimals."
        ' For example { column = "amount", at_least = 1000 }',
    ),
    (
        'column = "recency_days"\nabove = 30.5',
        "r.toml, line 2: recency_days is compared with 30.5, not with whole days."
        ' For example { column = "recency_days", at_least = 30 }',
    ),
    (
        'column = "purchase_count"\nis = true',
        "r.toml, line 2: purchase_count is compared with True, not with a whole number."
        ' For example { column = "purchase_count", at_least = 3 }',
    ),
    (
        'column = "growth_share"\nabove = nan',
        "r.toml, line 2: growth_share is compared with NaN, not with a share, 0.2 for 20 %."
        ' For example { column = "growth_share", at_least = 0.2 }',
    ),
    (
        'column = "since_on"\nabove = "2026-01-01"',
        "r.toml, line 2: since_on is compared with '2026-01-01', not with a date without quotes."
        ' For example { column = "since_on", at_least = 2026-01-31 }',
    ),
    (
        'column = "is_planned"\nis = "no"',
        "r.toml, line 2: is_planned is compared with 'no', not with true or false."
        ' For example { column = "is_planned", is = true }',
    ),
    (
        'column = "town"\nis = 3',
        'r.toml, line 2: town is compared with 3, not with text. For example { column = "town", is = "Ana" }',
    ),
    (
        'column = "amount"\nbetween = [9, 1]',
        "r.toml, line 2: amount lies between 9 and 1: none does. For example between = [1, 9]",
    ),
    (
        'column = "open_amount"\nabove = 0',
        "r.toml, line 2: open_amount is not known. The invoices do not say what is still owed: add the column"
        " open_amount (still owed, tax included) or paid_on, or name it: --map open_amount=COLUMN.",
    ),
]


@pytest.fixture(scope="module")
def facts() -> cartera.Facts:
    """Two clients with a town."""
    rows = {"client_id": ["a", "b"], "issued_on": [DAY, DAY], "amount": [10, 20], "town": ["Porto", "Lyon"]}
    return cartera.Facts(invoices=pa.table(rows))


@pytest.mark.parametrize(("text", "message"), MISWRITTEN)
def test_a_rule_that_is_written_wrong_says_where_and_how(text: str, message: str) -> None:
    with pytest.raises(cartera.CarteraError) as caught:
        read_rules(text, "r.toml")
    assert str(caught.value) == message
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(("text", "message"), UNANSWERABLE)
def test_a_rule_that_the_facts_cannot_answer_says_why(
    facts: cartera.Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.toml").write_text(f'["a"]\n{text}\n', encoding="utf-8")
    with pytest.raises(cartera.CarteraError) as caught:
        cartera.custom(facts, day=DAY, rules="r.toml")
    assert str(caught.value) == message


def test_an_unknown_column_offers_the_nearest_and_all_others(facts: cartera.Facts) -> None:
    with pytest.raises(cartera.CarteraError) as caught:
        cartera.custom(facts, day=DAY, rules={"a": {"column": "twon", "is": "Porto"}})
    said = str(caught.value)
    assert said.startswith("rules, 'a': unknown column 'twon'. Did you mean 'town'? Valid: client_id, name, segment, ")
    assert said.endswith(", town.")


GIVEN: list[tuple[Any, str]] = [
    ("gone.toml", "there is no file 'gone.toml' with rules. Write one: [\"big clients\"] and below it"
     ' column = "amount" and on the next line at_least = 1000.'),
    (3, 'rules are a int. Pass a file such as "rules.toml", or {"big": {"column": "amount", "at_least": 1000}}.'),
]  # fmt: skip


@pytest.mark.parametrize(("given", "message"), GIVEN)
def test_what_are_no_rules_is_refused(given: Any, message: str) -> None:
    with pytest.raises(cartera.CarteraError) as caught:
        rules_of(given)
    assert str(caught.value) == message


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(cartera.CarteraError, match="the rules cannot be read as text"):
        rules_of(file)


def test_another_split_and_an_unknown_name_are_refused(facts: cartera.Facts) -> None:
    with pytest.raises(cartera.CarteraError) as caught:
        cartera.custom(facts, day=DAY, by="rep")
    assert str(caught.value) == "by: unknown column 'rep'. Valid: client_id."
