"""What is told about a file that was read? How it was read, which column is what, and what came out."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from cartera import money
from cartera.sources.files.amounts import Amounts, Plan
from cartera.sources.files.dates import OLDEST_USUAL
from cartera.sources.files.decimals import MISSING
from cartera.sources.files.facts import Builder
from cartera.sources.files.grid import Grid
from cartera.sources.files.interpret import Typed
from cartera.sources.files.keys import different, joined
from cartera.sources.files.names import normalised
from cartera.sources.files.reading import Account, Control
from cartera.sources.files.roles import Roles
from cartera.sources.files.values import MONEY, Days, Numbers

ACCENTED = 3
PLACES = {0: "the first", 1: "the second"}
TOLD_AS = {"name": "client"}


def understood(grid: Grid, roles: Roles, plan: Plan, typed: Typed, builder: Builder) -> list[str]:
    """Sentences on how the file was read."""
    profile = f"; known layout {roles.profile.name}" if roles.profile is not None else ""
    sentences = [f"{grid.name}: {grid.how}{profile}.", _columns(grid, roles, plan), *roles.found]
    sentences += [f"{sentence[0].upper()}{sentence[1:]}." for sentence in typed.how]
    kept = [f"{', '.join(names)} ({table})" for table, names in builder.kept.items() if names]
    sentences += [f"Other columns kept: {'; '.join(kept)}."] if kept else []
    accents = _accents(grid) if "cp1252" in grid.how or "UTF-16" in grid.how else []
    return sentences + (
        [f"Accents read as: {', '.join(accents)} (--encoding reads them otherwise)."] if accents else []
    )


def _columns(grid: Grid, roles: Roles, plan: Plan) -> str:
    pairs = [
        f"{grid.header[column] or 'unnamed'} → {TOLD_AS.get(role, role)}"
        for role, column in sorted(roles.columns.items(), key=lambda item: item[1])
    ]
    return f"Columns: {', '.join(pairs)}; {plan.how}."


def _accents(grid: Grid) -> list[str]:
    """Some cells with letters outside ASCII."""
    found: list[str] = []
    for column in range(len(grid.columns)):
        found += [text for text in grid.distinct(column).texts if not text.isascii()][:ACCENTED]
    return found[:ACCENTED]


def outcome(counts: Account, tables: dict[str, pa.Table], controls: list[Control]) -> list[str]:
    """The row equation, and what the tables hold."""
    invoices = tables["invoices"]
    credit_notes = pc.sum(pc.equal(invoices["kind"], "credit_note")).as_py() or 0
    loose = invoices["client_id"].null_count
    days = pc.min_max(invoices["issued_on"]).as_py()
    kinds = f"{_many(invoices.num_rows - credit_notes, 'invoice')} and {_many(credit_notes, 'credit note')}"
    owners = _owners(invoices.num_rows - loose, tables["clients"].num_rows, loose)
    span = f"from {days['min']} to {days['max']}; net {_sums(invoices)}"
    documents = f"{_many(invoices.num_rows, 'document')} ({kinds}{_unissued(invoices)})"
    sentences = [f"{counts.equation}.", f"{documents}{owners}; {span}."]
    agreed = [control for control in controls if control.agrees]
    return sentences + ([f"The file's own sums agree: {_listed(agreed)}."] if agreed else [])


def _owners(owned: int, clients: int, loose: int) -> str:
    """How many documents belong to how many clients, and how many to nobody."""
    if not loose:
        return f" of {_many(clients, 'client')}"
    belong, are = ("belongs" if owned == 1 else "belong"), ("is" if loose == 1 else "are")
    return f": {owned:,} {belong} to {_many(clients, 'client')}, {loose:,} {are} without a client"


def _unissued(invoices: pa.Table) -> str:
    """How many documents are planned or void, when some are."""
    states = invoices["state"].to_pylist()
    return "".join(f", {states.count(state):,} {state}" for state in ("planned", "void") if state in states)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _listed(controls: list[Control]) -> str:
    shown = "; ".join(f"{control.name} {control.stated}" for control in controls[-3:])
    return shown if len(controls) <= 3 else f"{len(controls):,} of them, the last {shown}"


def _sums(invoices: pa.Table) -> str:
    """The sum per currency of what counts as sales."""
    counted = invoices.filter(_counts(invoices))
    sums = counted.group_by("currency", use_threads=False).aggregate([("amount", "sum")]).to_pylist()
    return ", ".join(f"{_money(row['amount_sum'])}{_unit(row['currency'])}" for row in sums) or "0.00"


def _counts(invoices: pa.Table) -> pa.BooleanArray:
    """Documents that make sales: issued, never voided, and no credit note that would add."""
    adds = pc.and_(pc.equal(invoices["kind"], "credit_note"), pc.greater(invoices["amount"], pa.scalar(0, MONEY)))
    counts = pc.and_not(pc.equal(invoices["state"], "issued"), adds.fill_null(False))
    return pc.and_(counts, pc.is_null(invoices["void_on"])) if "void_on" in invoices.schema.names else counts


def _unit(currency: str | None) -> str:
    return {None: "", money.NO_CURRENCY: " without a currency"}.get(currency, f" {currency}")


def _money(value: Decimal) -> str:
    whole, _, part = money.text(value).partition(".")
    return f"{int(whole):,}.{part}" if not whole.startswith("-0") else f"{whole}.{part}"


def notices(plan: Plan, amounts: Amounts, builder: Builder, controls: list[Control], more: list[str]) -> list[str]:
    """Sentences on what deserves a look."""
    found = ([plan.notice] if plan.notice else []) + more + builder.notices
    found += [*_repeated(builder), *_unnumbered(builder)]
    loose = builder.rows.is_unattributed
    if count := pc.sum(loose).as_py() or 0:
        found.append(_without_client(count, pc.sum(loose.take(builder.found.first)).as_py()))
    if builder.found.spread_count:
        numbers = _many(builder.found.spread_count, "invoice number")
        found.append(f"{numbers} on several clients or days: each is a document of its own.")
    if amounts.rounded:
        found.append(f"{_many(amounts.rounded, 'row')} with more than four decimals: rounded half to even.")
    found += [*_dashes(builder.grid, builder.typed), *_quotes(builder.grid)]
    oldest = pc.min(builder.rows.day).as_py()
    if oldest < OLDEST_USUAL:
        found.append(f"The oldest date is {oldest}: is that right?")
    wrong = [f"{c.name} says {c.stated}, the rows give {c.found}" for c in controls if not c.agrees]
    return found + ([f"The file's own sums differ: {'; '.join(wrong[:5])}."] if wrong else [])


def _repeated(builder: Builder) -> list[str]:
    """Which of several columns of one name is read, where one of them is."""
    grid, roles = builder.grid, {column: role for role, column in builder.roles.columns.items()}
    return [_one_of(grid, columns, roles) for columns in grid.repeated if not roles.keys().isdisjoint(columns)]


def _one_of(grid: Grid, columns: list[int], roles: dict[int, str]) -> str:
    used = next(column for column in columns if column in roles)
    other = grid.header[next(column for column in columns if column != used)]
    role, place = TOLD_AS.get(roles[used], roles[used]), PLACES.get(columns.index(used), "a later")
    which = f"{len(columns)} columns are called {grid.header[columns[0]]}: {place} one is read as {role}"
    return f'{which} (--map "{role}={other}" reads another).'


def _unnumbered(builder: Builder) -> list[str]:
    """Rows may be lines of one invoice when they repeat a client and a day or tell quantities, but nothing says so."""
    rows, key, header = builder.rows, builder.roles.key, builder.grid.header
    if key is not None and (normalised(header[key]) != "no" or rows.number_texts != _counted(len(rows.number_texts))):
        return []
    repeats = different(joined(rows.client, rows.day.dictionary_encode().indices)) < len(rows)
    if not repeats and not builder.roles.only("quantity", "unit_price"):
        return []
    what = "No number column" if key is None else f"{header[key]} only counts the rows"
    return [f"{what}: each row is an invoice of its own (--map number=NAME names it)."]


def _counted(height: int) -> list[str]:
    return [str(number) for number in range(1, height + 1)]


def _without_client(rows: int, documents: int) -> str:
    """What becomes of rows that nobody owns."""
    if rows == 1:
        return "1 row is without a client; the document it makes is counted apart."
    those = "the document they make is" if documents == 1 else f"the {documents:,} documents they make are"
    return f"{rows:,} rows are without a client; {those} counted apart."


def _quotes(grid: Grid) -> list[str]:
    if not grid.literal_lines:
        return []
    listed = ", ".join(map(str, grid.literal_lines[:5]))
    lines = _many(len(grid.literal_lines), "line")
    return [f"QUOTE_LITERAL: {lines} with a quote that never closes, read as a plain sign: {listed}."]


def _dashes(grid: Grid, typed: Typed) -> list[str]:
    """Columns in which signs such as `-` and `n/a` were read as nothing."""
    found: list[str] = []
    columns: list[tuple[str, Days | Numbers]] = [*typed.days.items(), *typed.numbers.items()]
    for role, column in columns:
        dashed = [bool(text) and text in MISSING for text in column.distinct.texts]
        count = (pc.sum(column.distinct.flags(dashed)).as_py() or 0) if any(dashed) else 0
        header = grid.header[typed.roles.columns[role]]
        found += [f"{_many(count, 'cell')} of {header} with a sign such as - or n/a: read as empty."] if count else []
    return found
