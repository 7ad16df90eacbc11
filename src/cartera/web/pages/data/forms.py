"""What does a form about an upload say? Answers to what was asked, what columns mean, totals of accounting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cartera.app.workspace.importing.answers import FLAGS, Answers, with_answer
from cartera.app.workspace.stated import amount
from cartera.errors import CarteraError, Question
from cartera.money import text as money_text
from cartera.tongue import in_force, say, text

ORDERS = {
    "": text("As the file says"),
    "dmy": text("Day first"),
    "mdy": text("Month first"),
    "ymd": text("Year first"),
}
SIGNS = {"": text("As the file says"), "point": text("1,234.56"), "comma": text("1.234,56")}
DELIMITERS = {
    "": text("As the file says"),
    "comma": text("Comma"),
    "semicolon": text("Semicolon"),
    "tab": text("Tab"),
    "pipe": text("Vertical bar"),
}
OPTIONS = ("date_order", "decimal", "currency", "amounts", "sheet", "delimiter", "header_row")


def questions_of(told: Sequence[Mapping[str, Any]]) -> list[Question]:
    """Questions as they were kept."""
    return [Question(**{**one, "reasons": tuple(one["reasons"])}) for one in told]


def answered(given: Answers, questions: Sequence[Question], sent: Mapping[str, str]) -> tuple[Answers, list[int]]:
    """The answers with those of the form, and the places of the questions that are still open."""
    still_open = []
    for place, question in enumerate(questions):
        said = sent.get(f"answer-{place}")
        if said is None or said not in question.readings:
            still_open.append(place)
        else:
            given = with_answer(given, question, said.strip('"'))
    return given, still_open


def reread(given: Answers, header: Sequence[str], roles: Sequence[str], sent: Mapping[str, str]) -> Answers:
    """How the file is to be read from now on; columns whose meaning was changed, and options that were chosen."""
    mapping = dict(given.reading.get("mapping", {}))
    for place, (name, before) in enumerate(zip(header, roles, strict=True)):
        role = sent.get(f"role-{place}", before)
        if role and role != before:
            mapping = {key: column for key, column in mapping.items() if column != name} | {role: name}
    told = {name: value for name, value in given.reading.items() if name not in (*OPTIONS, "mapping")}
    chosen = {name: sent.get(name, "").strip() for name in OPTIONS}
    options: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    if "header_row" in options:
        options["header_row"] = int(chosen["header_row"]) if chosen["header_row"].isdecimal() else 0
    return replace(given, reading={**told, **options, **({"mapping": mapping} if mapping else {})})


def totals_in(sent: Mapping[str, str]) -> tuple[dict[str, Decimal | None], dict[str, str]]:
    """Month and currency -> total, None where the field was left empty; and what is wrong with which field."""
    found: dict[str, Decimal | None] = {}
    wrong: dict[str, str] = {}
    for field, typed in sent.items():
        if not field.startswith("total "):
            continue
        key = field.removeprefix("total ")
        try:
            found[key] = amount(typed, in_force().decimal)
        except CarteraError:
            wrong[key] = say("{text} is no amount. Write it like {example}.", text=typed, example=_example())
    return found, wrong


def _example() -> str:
    from cartera.tongue import money

    return money(Decimal("1234.56"), places=2)


def kept_totals(found: Mapping[str, Decimal | None]) -> dict[str, str]:
    """The totals as they are kept."""
    return {key: money_text(total) for key, total in found.items() if total is not None}


def is_yes(question: Question) -> bool:
    """Whether the question is answered by yes alone."""
    return question.option.removeprefix("--").replace("-", "_") in FLAGS
