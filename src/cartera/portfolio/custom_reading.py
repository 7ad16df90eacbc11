"""How is a rule written down? As TOML, a table per custom segment; every mistake is told with its line and the fix."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cartera.errors import InputError, UnknownNameError
from cartera.portfolio.custom_rules import (
    BETWEEN,
    IN,
    MISSING,
    OPERATORS,
    All,
    AnyOf,
    Compare,
    Condition,
    CustomSegment,
    HasBeen,
    Not,
    Rules,
)
from cartera.tongue import say

ALL, ANY, NOT, COLUMN, HAS_BEEN, FOR_DAYS = "all", "any", "not", "column", "has_been", "for_days"
KINDS = (ALL, ANY, NOT, COLUMN, HAS_BEEN)
EXAMPLES = {
    ALL: 'all = [{ column = "rep", is = "Ana" }, { column = "amount", at_least = 1000 }]',
    ANY: 'any = [{ column = "country", is = "France" }, { column = "country", is = "Spain" }]',
    NOT: 'not = { column = "rep", is = "Ana" }',
    COLUMN: 'column = "amount", at_least = 1000',
    HAS_BEEN: 'has_been = "sleeping away", for_days = 30',
    IN: 'in = ["very high", "high"]',
    BETWEEN: "between = [1000, 5000]",
    MISSING: "missing = true",
}
DEEPEST = 20  # deeper ones nobody reads, and engines refuse


@dataclass(frozen=True)
class _Text:
    """The text around one custom segment, to tell where in it a word stands."""

    lines: tuple[str, ...]
    where: str
    name: str

    def place(self, *words: str) -> str:
        """The file and the line of the segment with most of the words, the first ones first; else that of its name."""
        start = next((n for n, line in enumerate(self.lines) if _is_head(line, self.name)), None)
        if start is None:
            return f"{self.where}, {self.name!r}"
        after = range(start + 1, len(self.lines))
        end = next((n for n in after if self.lines[n].startswith("[")), len(self.lines))
        tries = [*(words[:n] for n in range(len(words), 0, -1)), *((word,) for word in words[1:])]
        code = {n: self.lines[n].partition("#")[0] for n in range(start, end)}
        found = (n for some in tries for n, line in code.items() if all(word in line for word in some))
        return f"{self.where}, line {next(found, start) + 1}"


def read_rules(text: str, where: str) -> Rules:
    """The custom segments in a TOML text. where: the file's name. InputError names the line, the value and the fix."""
    try:
        written = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise InputError(say("not a TOML text: {error}.", error=str(error)), where=where, fix=_fix()) from error
    except RecursionError:
        raise InputError(say("conditions lie too deep in each other."), where=where, fix=_fix()) from None
    return made(written, where, text)


def made(written: Mapping[str, Any], where: str = "rules", text: str = "") -> Rules:
    """The custom segments in a mapping of the same shape: name -> {"all": [...]}. text: where its lines are."""
    if not written:
        raise InputError(say("there is no custom segment."), where=where, fix=_fix())
    segments = []
    for name, tree in written.items():
        own = _Text(tuple(text.splitlines()), where, str(name))
        segments.append(CustomSegment(str(name), _condition(tree, own, 0)))
    return Rules(tuple(segments), where)


def _condition(tree: Any, text: _Text, depth: int) -> Condition:
    if not isinstance(tree, Mapping):
        raise InputError(
            say("{found} is no condition.", found=_told(tree)), where=text.place(str(tree)), fix=_braces(COLUMN)
        )
    kinds = [kind for kind in KINDS if kind in tree]
    if len(kinds) != 1 or depth > DEEPEST:
        raise InputError(_neither(tree, kinds, depth), where=text.place(*map(str, tree)), fix=_one_of_each())
    if kinds[0] == COLUMN:
        return _compare(tree, text)
    if kinds[0] == HAS_BEEN:
        return _has_been(tree, text)
    return _joined(kinds[0], tree, text, depth)


def _joined(kind: str, tree: Mapping[str, Any], text: _Text, depth: int) -> Condition:
    _no_more(tree, (kind,), text, (kind,))
    found = tree[kind]
    if kind == NOT:
        return Not(_condition(found, text, depth + 1))
    if not isinstance(found, list | tuple) or not found:
        wrong = "is empty" if found in ([], ()) else f"is {_told(found)}, no list"
        raise InputError(
            f"{kind} {wrong}.", where=text.place(kind), fix=say("For example {example}", example=EXAMPLES[kind])
        )
    parts = tuple(_condition(part, text, depth + 1) for part in found)
    return All(parts) if kind == ALL else AnyOf(parts)


def _compare(tree: Mapping[str, Any], text: _Text) -> Compare:
    column, given = tree[COLUMN], [key for key in tree if key != COLUMN]
    place = text.place(f'"{column}"', COLUMN)
    if not isinstance(column, str) or not column:
        raise InputError(say("column is {found}.", found=_told(column)), where=place, fix=_braces(COLUMN))
    for key in given:
        if key not in OPERATORS:
            raise UnknownNameError("operator", key, OPERATORS, where=text.place(key))
    if len(given) != 1:
        what = f"{column} is compared in {len(given)} ways" if given else f"{column} is compared with nothing"
        raise InputError(
            f"{what}.", where=place, fix=say("One a condition, several under all: {example}", example=EXAMPLES[ALL])
        )
    operator, value = given[0], tree[given[0]]
    place = text.place(f'"{column}"', operator, str(value), COLUMN)
    _check_shape(column, operator, value, place)
    return Compare(column, operator, tuple(value) if isinstance(value, list) else value, place)


def _check_shape(column: str, operator: str, value: Any, place: str) -> None:
    """Nothing when the operator has as many values as it wants."""
    length = len(value) if isinstance(value, list | tuple) else None
    wanted = {IN: length, BETWEEN: 2}.get(operator)
    if length != wanted or length == 0 or (operator == IN and length is None):
        fix = f"For example {EXAMPLES.get(operator, f'{operator} = 1000')}"
        raise InputError(
            say(
                "{column} {operator} {found}: not what it is compared with.",
                column=column,
                operator=operator,
                found=_told(value),
            ),
            where=place,
            fix=fix,
        )
    if operator == MISSING and not isinstance(value, bool):
        raise InputError(
            say("{column} missing is {found}.", column=column, found=_told(value)),
            where=place,
            fix=say("For example {example}", example=EXAMPLES[MISSING]),
        )


def _has_been(tree: Mapping[str, Any], text: _Text) -> HasBeen:
    _no_more(tree, (HAS_BEEN, FOR_DAYS), text, (HAS_BEEN,))
    segment, days = tree[HAS_BEEN], tree.get(FOR_DAYS)
    place, fix = text.place(f'"{segment}"', HAS_BEEN), f"For example {EXAMPLES[HAS_BEEN]}"
    if not isinstance(segment, str):
        raise InputError(say("has_been is {found}.", found=_told(segment)), where=place, fix=fix)
    if type(days) is not int or days < 0:
        raise InputError(
            say("for_days is {found}.", found=say("missing") if days is None else _told(days)), where=place, fix=fix
        )
    return HasBeen(segment, days, place)


def _no_more(tree: Mapping[str, Any], valid: tuple[str, ...], text: _Text, kind: tuple[str, ...]) -> None:
    for key in tree:
        if key not in valid:
            raise UnknownNameError(f"word beside {kind[0]}", key, valid, where=text.place(key))


def _neither(tree: Mapping[str, Any], kinds: list[str], depth: int) -> str:
    if depth > DEEPEST:
        return f"conditions lie deeper than {DEEPEST} in each other."
    if kinds:
        return f"a condition is of one kind; found: {', '.join(kinds)}."
    return f"this is no condition: {', '.join(map(str, tree)) or 'nothing'}."


def _is_head(line: str, name: str) -> bool:
    return (line.strip().startswith("[") and line.strip().strip("[] \"'") == name) or _is_key(line, name)


def _is_key(line: str, name: str) -> bool:
    return line.partition("=")[0].strip().strip("\"'") == name and "=" in line


def _told(value: Any) -> str:
    return str(value) if isinstance(value, Decimal) else repr(value)


def _braces(kind: str) -> str:
    return f"For example {{ {EXAMPLES[kind]} }}"


def _one_of_each() -> str:
    return f"One of {', '.join(KINDS)}; for example {EXAMPLES[ALL]}"


def _fix() -> str:
    return f'For example ["big in France"] and below it {EXAMPLES[ALL]}'
