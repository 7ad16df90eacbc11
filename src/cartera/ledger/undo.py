"""How is a change taken back? Every fact it touched says again what the newest change in force said, or is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cartera.errors import CarteraError, UnknownNameError, suggested
from cartera.ledger.batches import end_stopped
from cartera.ledger.book import Book
from cartera.ledger.database import connection
from cartera.ledger.entry import MANUAL, Entry, entry
from cartera.ledger.laid import require_none
from cartera.ledger.models import FACTS, Assignment, Change, Client, Invoice, Mark, Note, Version
from cartera.ledger.plans import reopen
from cartera.ledger.stage import forget, quoted
from cartera.tongue import say

UNDO, ERASE = "undo", "erase"
DECIDING: tuple[type[Version], ...] = (Mark, Note, Assignment, Invoice)


def undo(book: Book, number: int, *, at: datetime, by: str, note: str = "") -> Entry:
    """Change `number` taken back, or, when it is an undo, in force again. Later changes of the same facts stand.

    UnknownNameError: there is no such change. CarteraError: it is undone already, or still being made.
    """
    end_stopped(book, at)
    _, base = undoable(book, number)
    told = {"target": number, "kind": base.kind}
    with entry(book, UNDO, at=at, by=by, subject=base.subject, note=note, told=told) as made:
        require_none(book)
        target, base = undoable(book, number)  # again, now that nobody else can undo it
        is_back = base.undone_by_id is not None
        base.undone_by = None if is_back else made.change
        base.save(using=book.alias, update_fields=["undone_by"])
        made.change.undoes = target
        if base.pk != target.pk:
            target.undone_by = made.change
            target.save(using=book.alias, update_fields=["undone_by"])
        made.before, made.after = {"in_force": not is_back}, {"in_force": is_back}
        for model in FACTS:
            settle(made, model, base)
        if target.pk != base.pk:
            settle(made, Invoice, target)  # an undo opens plans itself, see below
        for model, column in ((Client, "client_id"), (Invoice, "invoice_id")):
            _require_single(made, model, column, base)
        for plan in reopen(made):
            made.after[plan] = {"reopened": True}
    return made


def _require_single(made: Entry, model: type[Version], column: str, base: Change) -> None:
    """CarteraError when what comes back has an id that another source gave to something of its own meanwhile."""
    rows: Any = model._default_manager.using(made.book.alias)
    held = rows.filter(workspace_id=made.book.workspace_id, until_version=None, is_deleted=False)  # nothing is laid
    back = held.filter(change=made.change).exclude(source=MANUAL)
    others = held.exclude(source__in=list(back.values_list("source", flat=True).distinct()))
    if model is Client:  # what a person says of a client stands beside what its source says
        others = others.exclude(source=MANUAL)
    if back.exists() and (twice := others.filter(**{f"{column}__in": back.values(column)}).first()) is not None:
        number = twice.content_of.number
        raise CarteraError(
            say(
                "change {number} cannot come back: {id} is the id of something else by now, from change {other}.",
                number=str(base.number),
                id=repr(getattr(twice, column)),
                other=str(number),
            ),
            fix=say("Take that back first: {command}.", command=suggested("undo", str(number))),
        )


def undoable(book: Book, number: int) -> tuple[Change, Change]:
    """The change with this number and the one it is about in the end; refused when it is undone already."""
    target = found(book, number)
    base = origin(target)
    if (base.undone_by_id is not None) != brings_back(target) or target.undone_by_id:
        by = (target.undone_by or base.undone_by or base).number
        back = say("To bring it back: {command}.", command=suggested("undo", str(by)))
        raise CarteraError(say("change {number} is undone already, by {by}.", number=str(number), by=str(by)), fix=back)
    return target, base


def found(book: Book, number: int) -> Change:
    """The change with this number."""
    changes = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    target = changes.filter(number=number).first()
    if target is None:
        last = changes.order_by("-number").values_list("number", flat=True).first()
        raise UnknownNameError("change", str(number), [f"1 to {last}"] if last else ["none yet"])
    if not target.is_made:
        raise CarteraError(say("change {number} was never finished; there is nothing to undo.", number=str(number)))
    if target.kind == ERASE:
        raise CarteraError(say("change {number} forgot a person; that cannot be undone.", number=str(number)))
    return target


def origin(change: Change) -> Change:
    """The change that an undo, or an undo of an undo, is about in the end."""
    while change.undoes is not None:
        change = change.undoes
    return change


def brings_back(change: Change) -> bool:
    """Whether undoing this change lets its origin hold again: so for an undo, not for the undo of an undo."""
    return change.undoes is not None and not brings_back(change.undoes)


def settle(made: Entry, model: type[Version], base: Change) -> None:
    """Every fact that `base` wrote, as the newest change in force has it."""
    table, fields = model._meta.db_table, ", ".join(quoted(model.COLUMNS))
    values = {"workspace": made.book.workspace_id, "version": made.version, "change": made.change.pk}
    values |= {"model": model._meta.model_name}
    with connection(made.book.alias).cursor() as cursor:
        for own in ("touched", "winner", "settled"):
            forget(cursor, made.book.alias, own)
        for step in _candidates(table):
            cursor.execute(step, values | {"base": base.pk, "first": base.facts_version or -1})
        if model is Client:
            _keep_decided(cursor, made)
        cursor.execute("DELETE FROM settled WHERE holding_content = winner_content")
        cursor.execute(
            f"UPDATE {table} SET until_version = %(version)s WHERE id IN (SELECT holding FROM settled)", values
        )
        ended = cursor.rowcount
        cursor.execute(
            f"INSERT INTO {table} (workspace_id, source, stream, key, digest, is_deleted, from_version, change_id,"
            f" content_of_id, {fields}) SELECT workspace_id, source, stream, key, digest, is_deleted, %(version)s,"
            f" %(change)s, content_of_id, {fields} FROM {table} WHERE id IN (SELECT winner FROM settled)",
            values,
        )
        begun = cursor.rowcount
    made.is_changed = made.is_changed or ended > 0 or begun > 0


def _candidates(table: str) -> tuple[str, ...]:
    """Makes `settled`: per fact that the change wrote, the row that holds and the newest row of a change in force.

    Step by step with an index on each: no database knows how many rows a table has that was made a moment ago. SQLite
    reads the sides of a CROSS JOIN in the order in which they stand.
    """
    same = "t.workspace_id = %(workspace)s AND t.source = k.source AND t.stream = k.stream AND t.key = k.key"
    every = " UNION ALL ".join(
        f"SELECT t.id, t.source, t.stream, t.key, t.content_of_id, c.number FROM touched k CROSS JOIN {table} t"
        f" JOIN ledger_change c ON c.id = t.change_id WHERE {same} AND t.until_version IS {ended} NULL"
        " AND t.change_id = t.content_of_id AND c.undone_by_id IS NULL"
        for ended in ("", "NOT")
    )
    # What an import found as it was holds through it as well.
    own = "f.workspace_id = %(workspace)s AND f.model = %(model)s"
    confirmed = " UNION ALL ".join(
        "SELECT t.id, t.source, t.stream, t.key, t.content_of_id, c.number FROM touched k CROSS JOIN"
        f" ledger_confirmation f JOIN ledger_change c ON c.id = f.change_id JOIN {table} t ON {same}"
        f" AND t.until_version IS {ended} NULL AND t.change_id = t.content_of_id AND t.content_of_id = f.content_of_id"
        f" WHERE {own} AND f.key = k.key AND f.stream = k.stream AND f.source = k.source AND c.is_made"
        " AND c.undone_by_id IS NULL"
        for ended in ("", "NOT")
    )
    return (
        (
            f"CREATE TEMP TABLE touched AS SELECT DISTINCT source, stream, key FROM {table}"
            " WHERE workspace_id = %(workspace)s AND from_version = %(first)s AND change_id = %(base)s UNION"
            f" SELECT source, stream, key FROM ledger_confirmation f WHERE {own} AND change_id = %(base)s"
        ),
        (
            "CREATE TEMP TABLE winner AS SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY source, stream, key"
            f" ORDER BY number DESC, id DESC) AS place FROM ({every} UNION ALL {confirmed}) originals) ranked"
            " WHERE place = 1"
        ),
        "CREATE INDEX winner_key ON winner (key, stream, source)",
        (
            "CREATE TEMP TABLE settled AS SELECT t.id AS holding, t.content_of_id AS holding_content, w.id AS winner,"
            f" w.content_of_id AS winner_content FROM touched k LEFT JOIN {table} t ON {same}"
            " AND t.until_version IS NULL"
            " LEFT JOIN winner w ON w.key = k.key AND w.stream = k.stream AND w.source = k.source"
        ),
    )


def _keep_decided(cursor: object, made: Entry) -> None:
    """Leave clients alone about whom a person decided something: their name must not vanish under the decision."""
    for model in DECIDING:
        cursor.execute(  # type: ignore[attr-defined]
            "DELETE FROM settled WHERE winner IS NULL AND holding IN (SELECT c.id FROM ledger_client c"
            f" JOIN {model._meta.db_table} d ON d.workspace_id = c.workspace_id AND d.client_id = c.client_id"
            " AND d.until_version IS NULL AND NOT d.is_deleted AND d.source = %s WHERE c.workspace_id = %s"
            " AND c.source <> %s)",
            [MANUAL, made.book.workspace_id, MANUAL],
        )
