"""With which words was an answer asked? What every renderer may say beside the rows."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.views.view import Answer


def asked(answer: Answer) -> Iterator[tuple[str, str]]:
    """Name and text of everything that made the answer what it is; only what was given."""
    query = answer.query
    yield "question", answer.view.question
    if answer.sentence:
        yield "answer", answer.sentence
    if answer.view.is_dated:
        yield "day", query.day.isoformat()
    if query.since:
        yield "since", query.since.isoformat()
    if answer.view.is_dated:
        yield "policy", policy_name(query.policy)
    if query.against is not None:
        yield "against", policy_name(query.against)
    yield from ((name, ", ".join(words)) for name, words in filters(answer) if words)
    if answer.currency:
        yield "currency", answer.currency


def filters(answer: Answer) -> tuple[tuple[str, list[str]], ...]:
    """What the rows were split and restricted by."""
    query = answer.query
    where = [f"{dimension} = {value}" for dimension, value in query.where]
    heeded = {*answer.view.takes, "rules"}  # a filter may name one of the rules in any view
    options = ((name, [str(value)]) for name, value in query.options.items() if name in heeded)
    return ("by", list(query.by)), ("where", where), ("every", [query.every] if query.every else []), *options


def policy_name(policy: Any) -> str:
    """What the policy is called, with the numbers that differ from its usual ones."""
    own = fields(policy) if is_dataclass(policy) else ()
    changed = [f"{one.name} = {getattr(policy, one.name)}" for one in own if getattr(policy, one.name) != one.default]
    name = str(getattr(policy, "name", policy))
    return f"{name} ({', '.join(changed)})" if changed else name
