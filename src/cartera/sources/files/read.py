"""The reader: from a path to a Reading, step by step; each step has a file of its own."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc

from cartera import tongue
from cartera.errors import Ambiguous, InputError, Question
from cartera.sources.files import control, currency, documents, facts, rows, say, sorting
from cartera.sources.files.amounts import Plan, amounts, plan
from cartera.sources.files.documents import Documents, Rows
from cartera.sources.files.grid import Grid
from cartera.sources.files.interpret import typed
from cartera.sources.files.load import load
from cartera.sources.files.options import ReadOptions
from cartera.sources.files.reading import Reading
from cartera.sources.files.required import complete
from cartera.sources.files.roles import Roles, roles_of
from cartera.sources.files.sorting import Sorted
from cartera.sources.files.trace import Trace

PER_LINE, PER_INVOICE = "per-line", "per-invoice"


def read_file(path: Path, options: ReadOptions | None = None) -> Reading:
    """The facts in a file of any shape, with an account of every row.

    InputError: the file cannot be read as invoices. UnknownNameError: a role, column or sheet does not exist.
    Ambiguous: the file has more than one reading; its questions name the options that answer them.
    """
    options = options or ReadOptions()
    return read_grid(load(Path(path), options), options)


def read_grid(grid: Grid, options: ReadOptions) -> Reading:
    """The facts in a grid; as `read_file`."""
    roles = roles_of(grid, options.mapping)
    complete(grid, roles)
    how = typed(grid, roles, options)
    made = plan(grid, roles, options)
    money = amounts(how, made, options)
    priced = made.inputs[-1]
    extra = [
        *rows.unknown_words(grid, roles),
        *currency.unknown(grid, roles, how.numbers[priced], roles.columns[priced]),
    ]
    found = sorting.sort_rows(how, money, made, extra)
    if not len(found.accepted):
        raise _nothing(grid, found)
    codes, notices = currency.codes(grid, roles, how.numbers[priced], options.currency)
    chosen = rows.chosen(how, found, money.array, codes)
    if not len(chosen.rows):
        raise InputError(
            tongue.say("all {left_out} rows are payments and the like.", left_out=chosen.left_out),
            where=grid.name,
            fix=tongue.say("Export the invoices."),
        )
    grouped = _grouped(grid, roles, made, chosen.rows, options)
    builder = facts.Builder(grid, roles, how, chosen.rows, grouped, options.homes)
    tables = facts.tables(builder, rows.states(grid, roles))
    controls = control.controls(how, made.inputs[0], found, chosen.turned) if len(made.inputs) == 1 else []
    controls += control.invoice_totals(how, chosen.rows, grouped)
    account = found.account(grid, chosen.left_out)
    return Reading(
        tables,
        found.problems,
        account,
        say.understood(grid, roles, made, how, builder) + say.outcome(account, tables, controls),
        say.notices(
            made, money, builder, controls, (notices or currency.unnamed(chosen.rows.currency)) + chosen.notices
        ),
        controls,
        Trace(grid, roles, chosen.rows, grouped, how, builder.homes),
    )


def _nothing(grid: Grid, found: Sorted) -> InputError:
    if not found.problems:
        return InputError(
            tongue.say("there is a header but no row of data below it."),
            where=grid.name,
            fix=tongue.say("Export it again with its rows."),
        )
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in found.reasons.most_common())
    what = tongue.say(
        "none of the {count} rows can be read ({reasons}). The first: {sentence}",
        count=len(found.problems),
        reasons=reasons,
        sentence=found.problems[0].sentence,
    )
    return InputError(what, where=grid.name)


def _grouped(grid: Grid, roles: Roles, made: Plan, found: Rows, options: ReadOptions) -> Documents:
    """The documents. Ambiguous: a total could stand once per line or once per invoice."""
    repeats = options.amounts == PER_INVOICE
    lines = [grid.lines[index] for index in found.index.to_pylist()]
    grouped = documents.documents(found, lines, grid.unit, repeats)
    if made.repeats and options.amounts is None and documents.seems_repeated(found, grouped):
        raise Ambiguous([_repeat_question(grid, roles, made, found, grouped)], where=grid.name)
    return grouped


def _repeat_question(grid: Grid, roles: Roles, made: Plan, found: Rows, grouped: Documents) -> Question:
    name = grid.header[roles.columns[made.inputs[0]]]
    once, each = pc.sum(found.amount.take(grouped.first)).as_py(), pc.sum(found.amount).as_py()
    readings = {
        PER_LINE: tongue.say(
            "each row is a line of its own amount: the file sums to {total}", total=f"{each.normalize():f}"
        ),
        PER_INVOICE: tongue.say(
            "the invoice's total is repeated on each row: the file sums to {total}", total=f"{once.normalize():f}"
        ),
    }
    unclear = tongue.say("Every invoice of several rows shows one and the same {name} on all of them.", name=name)
    return Question(
        "amounts",
        unclear,
        "--amounts",
        readings,
        PER_INVOICE,
        (tongue.say("lines of one invoice seldom cost the same"),),
    )
