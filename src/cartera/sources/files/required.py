"""What if no name tells where client, date and amount stand? The only column that can be it, else a question."""

from __future__ import annotations

from collections.abc import Callable

from cartera.errors import Ambiguous, InputError, Question, UnknownNameError
from cartera.sources.files import dates, decimals
from cartera.sources.files.grid import EXACT, Grid
from cartera.sources.files.names import normalised
from cartera.sources.files.roles import MOST, SAMPLE, Roles, bears_out, is_day, share
from cartera.tongue import say

AMOUNT_ROLES = ("net", "amount", "total")
SURE = 0.8
LONG_ID = 8  # digits: fewer could be money
IDS = frozenset(
    (
        "nif nipc nie cif dni rut ruc rfc cnpj cpf cuit siret siren uid steuernummer piva kvk id code codigo "
        "cod codice iban phone telefone telefono tel zip cep plz postcode ref referencia"
    ).split()
)
EXAMPLES = 3


def complete(grid: Grid, roles: Roles) -> None:
    """Finds the required roles that have no column yet.

    InputError: no column can be the date, the amount or the client. Ambiguous: several can.
    """
    _check_told(grid, roles)
    _check_words(grid, roles)
    questions = [
        _find(grid, roles, "issued_on", say("the day of the invoice"), _is_date),
        _amount(grid, roles),
        _client(grid, roles),
    ]
    asked = [question for question in questions if question is not None]
    if asked:
        raise Ambiguous(asked, where=grid.name)


def _check_told(grid: Grid, roles: Roles) -> None:
    """A column that a person named for a role must be able to play it."""
    for role in roles.told:
        column = roles.columns[role]
        if not bears_out(grid, column, role, roles.words):
            example = next((text for text in grid.distinct(column).texts if text), "nothing")
            what = say(
                "column {column} was named as {role}, but holds no such values (found {example}).",
                column=repr(grid.header[column]),
                role=role,
                example=repr(example),
            )
            raise InputError(what, where=grid.name, fix=say("Name another: --map {role}=COLUMN.", role=role))


def _check_words(grid: Grid, roles: Roles) -> None:
    """A word that a person explained must stand in the file."""
    for role, words in (("kind", roles.words.kinds), ("state", roles.words.states)):
        if words and role not in roles:
            what = say("{role}:{word} was explained, but no column holds a {role}.", role=role, word=next(iter(words)))
            raise InputError(what, where=grid.name, fix=say("Name it: --map {role}=COLUMN.", role=role))
        texts = [text for text in grid.distinct(roles.columns[role]).texts if text] if words else []
        for word in words:
            if word not in map(normalised, texts):
                raise UnknownNameError(role, word, texts, where=grid.name)


def _amount(grid: Grid, roles: Roles) -> Question | None:
    if any(role in roles for role in AMOUNT_ROLES) or ("quantity" in roles and "unit_price" in roles):
        return None
    return _find(grid, roles, "amount", say("the amount"), _is_number)


def _client(grid: Grid, roles: Roles) -> Question | None:
    grouped = roles.profile is not None and roles.profile.is_grouped
    if "client_id" in roles or "name" in roles or grouped:
        return None
    return _find(grid, roles, "name", say("the client"), _is_text)


def _find(grid: Grid, roles: Roles, role: str, what: str, fits: Callable[[Grid, int], bool]) -> Question | None:
    if role in roles:
        return None
    used = set(roles.columns.values())
    candidates = [i for i in range(len(grid.header)) if i not in used and fits(grid, i)]
    if not candidates:
        raise _none(grid, role, what)
    if role == "amount":
        candidates = [i for i in candidates if not _is_id(grid, i)] or candidates
    if len(candidates) > 1:
        return _question(grid, candidates, role, what)
    roles.columns[role] = candidates[0]
    roles.found.append(
        say(
            "{column} is {what}: no other column can be.",
            column=grid.header[candidates[0]] or say("the column without a name"),
            what=what,
        )
    )
    return None


def _none(grid: Grid, role: str, what: str) -> InputError:
    names = ", ".join(name for name in grid.header if name)
    kind = {"issued_on": say("dates"), "amount": say("numbers"), "name": say("names of clients")}[role]
    fix = say("Add one, or name it: --map {role}=COLUMN.", role="client" if role == "name" else role)
    return InputError(
        say("no column can be {what}: none of {names} holds {kind}.", what=what, names=names, kind=kind),
        where=grid.name,
        fix=fix,
    )


def _question(grid: Grid, candidates: list[int], role: str, what: str) -> Question:
    told = "client" if role == "name" else role
    readings = {}
    for i in candidates:
        value = f"{told}={grid.header[i]}"
        readings[f'"{value}"' if " " in value else value] = "holds " + ", ".join(_examples(grid, i))
    return Question("column", say("Which column is {what}?", what=what), "--map", readings)


def _examples(grid: Grid, column: int) -> list[str]:
    return [text.lstrip(EXACT)[:30] for text in grid.distinct(column).texts if text][:EXAMPLES]


def _is_date(grid: Grid, column: int) -> bool:
    return share(grid, column, dates.looks) >= SURE or share(grid, column, _is_compact) == 1


def _is_compact(text: str) -> bool:
    bare = text.removeprefix(EXACT)
    return dates.COMPACT.fullmatch(bare) is not None and dates.read(text) is not None


def _is_number(grid: Grid, column: int) -> bool:
    return share(grid, column, decimals.looks) >= SURE and not _is_date(grid, column)


def _is_id(grid: Grid, column: int) -> bool:
    """A column that identifies somebody: by its name, or whole numbers that are long and all of one length."""
    if IDS.intersection(normalised(grid.header[column]).split()):
        return True
    texts = [text.removeprefix(EXACT) for text in grid.distinct(column).texts[:SAMPLE] if text]
    return all(text.isdigit() and len(text) >= LONG_ID for text in texts) and len({*map(len, texts)}) == 1


def _is_text(grid: Grid, column: int) -> bool:
    """A column that could name clients: codes and names, but no dates and no amounts."""
    whole = share(grid, column, lambda text: text.lstrip(EXACT).isdigit())
    fractions = share(grid, column, decimals.looks) - whole
    return (
        not _is_date(grid, column)
        and share(grid, column, is_day) < MOST
        and 0 <= fractions < SURE
        and _is_filled(grid, column)
    )


def _is_filled(grid: Grid, column: int) -> bool:
    return any(grid.distinct(column).texts)
