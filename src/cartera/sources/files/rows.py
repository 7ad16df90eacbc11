"""What do documents need of every accepted row? Its client, number, kind, state and currency."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from cartera import money
from cartera.sources.files import kinds
from cartera.sources.files.documents import Rows, spelled
from cartera.sources.files.grid import EXACT, Distinct, Grid
from cartera.sources.files.interpret import Typed
from cartera.sources.files.keys import joined
from cartera.sources.files.roles import Roles
from cartera.sources.files.sorting import Check, Sorted
from cartera.sources.files.values import MONEY

USUAL_PREFIX = "C"


@dataclass(frozen=True)
class Labels:
    """A text column as codes per row and their texts, spelled as first seen."""

    codes: pa.Int64Array
    texts: list[str]


@dataclass
class Chosen:
    """The rows that make documents, and what to tell about them. turned: records whose sign was changed."""

    rows: Rows
    left_out: int = 0
    notices: list[str] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)


def clean(text: str) -> str:
    """A cell as a name or a code: 17850 for a number cell that holds 17850.0."""
    return re.sub(r"\.0+$", "", text[1:]) if text.startswith(EXACT) else text


def folded(text: str) -> str:
    """A client's name as a key: inner blanks and case do not tell clients apart."""
    return " ".join(text.split()).casefold()


def labels(distinct: Distinct, fold: Callable[[str], str] = str) -> Labels:
    """The column's texts, those that fold alike under one code."""
    index: dict[str, int] = {}
    texts: list[str] = []
    codes = []
    for text in map(clean, distinct.texts):
        code = index.setdefault(fold(text), len(index))
        if code == len(texts):
            texts.append(" ".join(text.split()) if fold is folded else text)
        codes.append(code)
    return Labels(distinct.spread(pa.array(codes, pa.int64())), texts)


def clients(grid: Grid, roles: Roles, furniture: dict[int, str]) -> Labels:
    """The client of every row: the id, else the name, else the group above it."""
    if "client_id" in roles:
        ids = labels(grid.distinct(roles.columns["client_id"]))
        return _or_name(grid, roles, ids) if "name" in roles else ids
    if "name" in roles:
        return labels(grid.distinct(roles.columns["name"]), folded)
    return _groups(grid, furniture)


def _or_name(grid: Grid, roles: Roles, ids: Labels) -> Labels:
    """Rows without an id go by their name."""
    if "" not in ids.texts:
        return ids
    names = labels(grid.distinct(roles.columns["name"]), folded)
    codes = pc.if_else(pc.equal(ids.codes, ids.texts.index("")), pc.add(names.codes, len(ids.texts)), ids.codes)
    return Labels(codes, ids.texts + names.texts)


def _groups(grid: Grid, furniture: dict[int, str]) -> Labels:
    heads = [index for index in sorted(furniture) if furniture[index] == "group"]
    names: list[str | None] = [None] * grid.height
    for index, row in zip(heads, grid.rows(heads), strict=True):
        names[index] = row[0].strip()
    filled = pc.fill_null(pc.fill_null_forward(pa.array(names, pa.string())), "").dictionary_encode()
    return labels(Distinct(filled.dictionary.to_pylist(), filled.indices), folded)


def unknown_words(grid: Grid, roles: Roles) -> list[Check]:
    """Rows whose type or status is no known word."""
    checks: list[Check] = []
    for role, meaning in (("kind", roles.words.kind_of), ("state", roles.words.state_of)):
        column = roles.get(role)
        if column is not None:
            distinct = grid.distinct(column)
            checks.append(
                ("UNKNOWN_TYPE", column, distinct.flags(bool(t) and meaning(t) is None for t in distinct.texts))
            )
    return checks


def states(grid: Grid, roles: Roles) -> pa.StringArray | None:
    """The state of every row, null when the file has none."""
    column = roles.get("state")
    if column is None:
        return None
    distinct = grid.distinct(column)
    return distinct.spread(
        pa.array([roles.words.state_of(text) if text else "issued" for text in distinct.texts], pa.string())
    )


def chosen(typed: Typed, found: Sorted, amount: pa.Array, currency: pa.Array) -> Chosen:
    """The accepted rows that are sales, with everything that groups them."""
    grid, roles = typed.grid, typed.roles
    client, number = clients(grid, roles, found.furniture), _numbers(grid, roles)
    kind = _kinds(grid, roles)
    index, left_out = _without(found.accepted, kind)
    rows = Rows(
        index,
        typed.days["issued_on"].array.take(index),
        amount.take(index),
        client.codes.take(index),
        client.texts,
        number.codes.take(index),
        number.texts,
        kind.take(index) if kind is not None else pa.nulls(len(index), pa.string()),
        currency.take(index),
    )
    picked = Chosen(
        rows,
        left_out,
        [_left_out(left_out)] if left_out else [],
    )
    return _signed(picked, roles) if kind is not None else _prefixed(picked, roles)


def _left_out(count: int) -> str:
    """How many rows are none of ours."""
    if count == 1:
        return "1 row is no sale (a payment or the like) and is left out."
    return f"{count:,} rows are no sales (payments and the like) and are left out."


def _numbers(grid: Grid, roles: Roles) -> Labels:
    if roles.key is None:
        return Labels(pa.array([0] * grid.height, pa.int64()), [""])
    return labels(grid.distinct(roles.key))


def _kinds(grid: Grid, roles: Roles) -> pa.StringArray | None:
    column = roles.get("kind")
    if column is None:
        return None
    distinct = grid.distinct(column)
    meaning = roles.words.kind_of
    return distinct.spread(pa.array([meaning(text) if text else None for text in distinct.texts], pa.string()))


def _without(accepted: pa.Int64Array, kind: pa.StringArray | None) -> tuple[pa.Int64Array, int]:
    if kind is None:
        return accepted, 0
    out = pc.equal(kind.take(accepted), kinds.LEFT_OUT).fill_null(False)
    return accepted.filter(pc.invert(out)), pc.sum(out).as_py() or 0


def _signed(picked: Chosen, roles: Roles) -> Chosen:
    """Credit notes negative: what a file writes positive is turned, row by row; our own schema stands as it is."""
    rows, zero = picked.rows, pa.scalar(0, MONEY)
    credit_notes = pc.equal(rows.kind, "credit_note").fill_null(False)
    positive = pc.and_(credit_notes, pc.greater(rows.amount, zero))
    if roles.profile is None or not roles.profile.credits_positive:
        positive = pc.and_(positive, pc.invert(_of_negative(rows, credit_notes)))
    some = pc.sum(positive).as_py() or 0
    if not some or (roles.profile is not None and roles.profile.name == "cartera"):
        return picked
    turned = pc.if_else(positive, pc.negate(rows.amount), rows.amount).cast(MONEY)
    total = money.text(pc.sum(turned.filter(positive)).as_py())
    notice = _turned(some, pc.sum(credit_notes).as_py(), total)
    which = rows.index.filter(positive).to_pylist()
    return Chosen(replace(rows, amount=turned), picked.left_out, [*picked.notices, notice], which)


def _of_negative(rows: Rows, credit_notes: pa.BooleanArray) -> pa.BooleanArray:
    """Rows of a numbered credit note that also has negative rows: a positive one takes something off the credit."""
    document = joined(rows.number, rows.client)
    negative = pc.and_(credit_notes, pc.less(rows.amount, pa.scalar(0, MONEY)))
    numbered = pc.invert(spelled(rows.number, [not text for text in rows.number_texts]))
    return pc.and_(numbered, pc.is_in(document, value_set=document.filter(negative)))


def _turned(some: int, count: int, total: str) -> str:
    """Of how many rows of credit notes the sign was changed, and what they sum to now."""
    if some == 1:
        of = "The row of the credit note" if count == 1 else f"1 of {count:,} rows of credit notes"
        return f"{of} is positive in the file: it is read as negative ({total})."
    which = f"All {count:,}" if some == count else f"{some:,} of {count:,}"
    return f"{which} rows of credit notes are positive in the file: they are read as negative ({total} in all)."


def _prefixed(picked: Chosen, roles: Roles) -> Chosen:
    """Numbers such as C536379 are credit notes when all their rows are negative, or the layout says so."""
    rows, known = picked.rows, roles.profile.credit_prefix if roles.profile is not None else ""
    prefix = known or USUAL_PREFIX
    prefixed = re.compile(rf"{re.escape(prefix)}-?\d+", re.ASCII | re.IGNORECASE)
    flags = [prefixed.fullmatch(text) is not None for text in rows.number_texts]
    if not any(flags) or all(flags[i] or not text for i, text in enumerate(rows.number_texts)):
        return picked
    mask, zero = spelled(rows.number, flags), pa.scalar(0, MONEY)
    amounts = rows.amount.filter(mask)
    negative = len(amounts) and pc.all(pc.less_equal(amounts, zero)).as_py() and pc.any(pc.less(amounts, zero)).as_py()
    if not negative and not known:
        return picked
    kind = pc.if_else(mask, pa.scalar("credit_note"), rows.kind)
    rows_told = "1 row" if len(amounts) == 1 else f"{len(amounts):,} rows"
    notice = f"Numbers that begin with {prefix} are credit notes ({rows_told})."
    return Chosen(replace(rows, kind=kind), picked.left_out, [*picked.notices, notice])
