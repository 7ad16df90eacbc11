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
from cartera.tongue import Value, capital, number, say, say_many

ACCENTED = 3
TOLD_AS = {"name": "client"}


def understood(grid: Grid, roles: Roles, plan: Plan, typed: Typed, builder: Builder) -> list[str]:
    """Sentences on how the file was read."""
    sentences = [_how(grid, roles), _columns(grid, roles, plan), *roles.found]
    sentences += [f"{capital(sentence)}." for sentence in typed.how]
    kept = [f"{', '.join(names)} ({table})" for table, names in builder.kept.items() if names]
    sentences += [say("Other columns kept: {columns}.", columns="; ".join(kept))] if kept else []
    accents = _accents(grid) if "cp1252" in grid.how or "UTF-16" in grid.how else []
    if not accents:
        return sentences
    return [
        *sentences,
        say("Accents read as: {accents} (--encoding reads them otherwise).", accents=", ".join(accents)),
    ]


def _how(grid: Grid, roles: Roles) -> str:
    if roles.profile is None:
        return say("{file}: {how}.", file=grid.name, how=grid.how)
    return say("{file}: {how}; known layout {name}.", file=grid.name, how=grid.how, name=roles.profile.name)


def _columns(grid: Grid, roles: Roles, plan: Plan) -> str:
    pairs = [
        f"{grid.header[column] or say('unnamed')} → {TOLD_AS.get(role, role)}"
        for role, column in sorted(roles.columns.items(), key=lambda item: item[1])
    ]
    return say("Columns: {columns}; {how}.", columns=", ".join(pairs), how=plan.how)


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
    kinds = say(
        "{invoices} and {credits}",
        invoices=say_many("{count} invoice", "{count} invoices", count=invoices.num_rows - credit_notes),
        credits=say_many("{count} credit note", "{count} credit notes", count=credit_notes),
    )  # fmt: skip
    owned, clients = invoices.num_rows - loose, tables["clients"].num_rows
    documents = {"kinds": f"{kinds}{_unissued(invoices)}", "clients": _clients(clients), "sums": _sums(invoices)}
    told: dict[str, Value] = documents | {"first": days["min"], "last": days["max"]}
    whole = say_many(
        "{count} document ({kinds}) of {clients}; from {first} to {last}; net {sums}.",
        "{count} documents ({kinds}) of {clients}; from {first} to {last}; net {sums}.",
        count=invoices.num_rows, **told,
    )  # fmt: skip
    if loose:
        whole = say_many(
            "{count} document ({kinds}): {owners}; from {first} to {last}; net {sums}.",
            "{count} documents ({kinds}): {owners}; from {first} to {last}; net {sums}.",
            count=invoices.num_rows, owners=_owners(owned, clients, loose), **told,
        )  # fmt: skip
    agreed = [control for control in controls if control.agrees]
    sums = [say("The file's own sums agree: {sums}.", sums=_listed(agreed))] if agreed else []
    return [f"{counts.equation}.", whole, *sums]


def _clients(count: int) -> str:
    return say_many("{count} client", "{count} clients", count=count)


def _owners(owned: int, clients: int, loose: int) -> str:
    """How many documents belong to how many clients, and how many to nobody."""
    belong = say_many(
        "{count} belongs to {clients}", "{count} belong to {clients}", count=owned, clients=_clients(clients)
    )
    without = say_many("{count} is without a client", "{count} are without a client", count=loose)
    return f"{belong}, {without}"


def _unissued(invoices: pa.Table) -> str:
    """How many documents are planned or void, when some are."""
    states = invoices["state"].to_pylist()
    planned, void = states.count("planned"), states.count("void")
    told = [say_many("{count} planned", "{count} planned", count=planned)] if planned else []
    told += [say_many("{count} void", "{count} void", count=void)] if void else []
    return "".join(f", {one}" for one in told)


def _listed(controls: list[Control]) -> str:
    shown = "; ".join(f"{control.name} {control.stated}" for control in controls[-3:])
    return shown if len(controls) <= 3 else say("{count} of them, the last {sums}", count=len(controls), sums=shown)


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
    return {None: "", money.NO_CURRENCY: f" {say('without a currency')}"}.get(currency, f" {currency}")


def _money(value: Decimal) -> str:
    return number(value, len(money.text(value).partition(".")[2]))


def notices(plan: Plan, amounts: Amounts, builder: Builder, controls: list[Control], more: list[str]) -> list[str]:
    """Sentences on what deserves a look."""
    found = ([plan.notice] if plan.notice else []) + more + builder.notices
    found += [*_repeated(builder), *_unnumbered(builder)]
    loose = builder.rows.is_unattributed
    if count := pc.sum(loose).as_py() or 0:
        found.append(_without_client(count, pc.sum(loose.take(builder.found.first)).as_py()))
    if builder.found.spread_count:
        found.append(
            say_many(
                "{count} invoice number on several clients or days: each is a document of its own.",
                "{count} invoice numbers on several clients or days: each is a document of its own.",
                count=builder.found.spread_count,
            )
        )
    if amounts.rounded:
        found.append(
            say_many(
                "{count} row with more than four decimals: rounded half to even.",
                "{count} rows with more than four decimals: rounded half to even.",
                count=amounts.rounded,
            )
        )
    found += [*_dashes(builder.grid, builder.typed), *_quotes(builder.grid)]
    oldest = pc.min(builder.rows.day).as_py()
    if oldest < OLDEST_USUAL:
        found.append(say("The oldest date is {day}: is that right?", day=oldest))
    wrong = [
        say("{name} says {stated}, the rows give {found}", name=c.name, stated=str(c.stated), found=str(c.found))
        for c in controls
        if not c.agrees
    ]
    return found + ([say("The file's own sums differ: {sums}.", sums="; ".join(wrong[:5]))] if wrong else [])


def _repeated(builder: Builder) -> list[str]:
    """Which of several columns of one name is read, where one of them is."""
    grid, roles = builder.grid, {column: role for role, column in builder.roles.columns.items()}
    return [_one_of(grid, columns, roles) for columns in grid.repeated if not roles.keys().isdisjoint(columns)]


def _one_of(grid: Grid, columns: list[int], roles: dict[int, str]) -> str:
    used = next(column for column in columns if column in roles)
    other = grid.header[next(column for column in columns if column != used)]
    role = TOLD_AS.get(roles[used], roles[used])
    named: dict[str, Value] = {
        "count": len(columns), "name": grid.header[columns[0]], "role": role, "option": f'--map "{role}={other}"',
    }  # fmt: skip
    if columns.index(used) == 0:
        return say(
            "{count} columns are called {name}: the first one is read as {role} ({option} reads another).", **named
        )
    if columns.index(used) == 1:
        return say(
            "{count} columns are called {name}: the second one is read as {role} ({option} reads another).", **named
        )
    return say("{count} columns are called {name}: a later one is read as {role} ({option} reads another).", **named)


def _unnumbered(builder: Builder) -> list[str]:
    """Rows may be lines of one invoice when they repeat a client and a day or tell quantities, but nothing says so."""
    rows, key, header = builder.rows, builder.roles.key, builder.grid.header
    if key is not None and (normalised(header[key]) != "no" or rows.number_texts != _counted(len(rows.number_texts))):
        return []
    repeats = different(joined(rows.client, rows.day.dictionary_encode().indices)) < len(rows)
    if not repeats and not builder.roles.only("quantity", "unit_price"):
        return []
    if key is None:
        return [say("No number column: each row is an invoice of its own (--map number=NAME names it).")]
    return [
        say(
            "{column} only counts the rows: each row is an invoice of its own (--map number=NAME names it).",
            column=header[key],
        )
    ]


def _counted(height: int) -> list[str]:
    return [str(number) for number in range(1, height + 1)]


def _without_client(rows: int, documents: int) -> str:
    """What becomes of rows that nobody owns."""
    if rows == 1:
        return say("1 row is without a client; the document it makes is counted apart.")
    return say_many(
        "{rows} rows are without a client; the document they make is counted apart.",
        "{rows} rows are without a client; the {count} documents they make are counted apart.",
        count=documents, rows=rows,
    )  # fmt: skip


def _quotes(grid: Grid) -> list[str]:
    if not grid.literal_lines:
        return []
    listed = ", ".join(map(str, grid.literal_lines[:5]))
    return [
        say_many(
            "QUOTE_LITERAL: {count} line with a quote that never closes, read as a plain sign: {lines}.",
            "QUOTE_LITERAL: {count} lines with a quote that never closes, read as a plain sign: {lines}.",
            count=len(grid.literal_lines), lines=listed,
        )
    ]  # fmt: skip


def _dashes(grid: Grid, typed: Typed) -> list[str]:
    """Columns in which signs such as `-` and `n/a` were read as nothing."""
    found: list[str] = []
    columns: list[tuple[str, Days | Numbers]] = [*typed.days.items(), *typed.numbers.items()]
    for role, column in columns:
        dashed = [bool(text) and text in MISSING for text in column.distinct.texts]
        count = (pc.sum(column.distinct.flags(dashed)).as_py() or 0) if any(dashed) else 0
        header = grid.header[typed.roles.columns[role]]
        if count:
            found.append(
                say_many(
                    "{count} cell of {column} with a sign such as - or n/a: read as empty.",
                    "{count} cells of {column} with a sign such as - or n/a: read as empty.",
                    count=count, column=header,
                )
            )  # fmt: skip
    return found
