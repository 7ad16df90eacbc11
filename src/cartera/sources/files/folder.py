"""Which facts does a folder of tables in our own schema hold: clients, invoices, lines, marks?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cartera.errors import InputError
from cartera.facts.schema import ALL, TABLES
from cartera.sources.files.options import ReadOptions
from cartera.sources.files.own import own_table
from cartera.sources.files.reading import Account, Reading
from cartera.tongue import say

ENDINGS = (".csv", ".csv.gz", ".parquet")
DATA = (".csv", ".csv.gz", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".zip")
LISTED = 6
NOTHING: Mapping[str, str] = {}


def read_folder(path: Path, options: ReadOptions | None = None) -> Reading:
    """The fact tables that the folder holds; bad rows become problems, further columns dimensions.

    InputError: no such folder, no invoices, a needed column missing, two files for one table, or a mapping.
    """
    return _read(path, fact_files(path), options or ReadOptions())


def read_whole_folder(path: Path, options: ReadOptions | None = None) -> Reading:
    """The same with what a workspace keeps beside facts: contacts, interactions, notes, assignments. Ids stand once."""
    return _read(path, fact_files(path, ALL), options or ReadOptions(), once={"invoices": "invoice_id"})


def _read(path: Path, files: dict[str, Path], options: ReadOptions, once: Mapping[str, str] = NOTHING) -> Reading:
    if "invoices" not in files:
        raise _no_invoices(path, files)
    if options.mapping:
        raise _mapped(path, files["invoices"], options.mapping)
    parts = [_checked(own_table(file, table, options, once=once.get(table))) for table, file in files.items()]
    counts = sum((part.counts for part in parts), Account())
    return Reading(
        tables={name: table for part in parts for name, table in part.tables.items()},
        problems=[problem for part in parts for problem in part.problems],
        counts=counts,
        understood=[sentence for part in parts for sentence in part.understood],
    )


def _checked(part: Reading) -> Reading:
    """The part, unless not one of its rows can be read."""
    if part.problems and not part.counts.accepted:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in part.counts.reasons.most_common())
        raise InputError(
            say(
                "none of the {count} rows can be read ({reasons}). The first: {sentence}",
                count=len(part.problems),
                reasons=reasons,
                sentence=part.problems[0].sentence,
            )
        )
    return part


def fact_files(path: Path, tables: Iterable[str] = TABLES) -> dict[str, Path]:
    """Table name -> the file that holds it. InputError: two files hold one table."""
    if not path.is_dir():
        raise InputError(
            say("there is no folder {path}.", path=repr(str(path))), fix=say("Check the path and the spelling.")
        )
    found: dict[str, Path] = {}
    for table in tables:
        files = [path / f"{table}{ending}" for ending in ENDINGS if (path / f"{table}{ending}").is_file()]
        if len(files) > 1:
            names = " and ".join(file.name for file in files)
            raise InputError(
                say("{names} both hold {table}.", names=names, table=table),
                where=str(path),
                fix=say("Keep one of them."),
            )
        if files:
            found[table] = files[0]
    return found


def _no_invoices(path: Path, files: dict[str, Path]) -> InputError:
    data = sorted(p.name for p in path.iterdir() if p.is_file() and p.name.lower().endswith(DATA))
    needed = say("Add invoices.csv with at least the columns client_id, issued_on and amount.")
    others = [name for name in data if name not in {file.name for file in files.values()}]
    if not data:
        return InputError(say("the folder holds no table."), where=str(path), fix=needed)
    listed = ", ".join(data[:LISTED]) + (
        " " + say("and {count} more", count=len(data) - LISTED) if len(data) > LISTED else ""
    )
    hint = " " + say("Or name one file of another shape: {path}", path=str(path / _likeliest(others))) if others else ""
    return InputError(
        say("the folder holds no invoices (found {names}).", names=listed), where=str(path), fix=needed + hint
    )


def _mapped(path: Path, invoices: Path, mapping: Mapping[str, str]) -> InputError:
    role, header = next(iter(mapping.items()))
    return InputError(
        say("{path} is a folder of fact tables, whose columns are known by their names alone.", path=repr(str(path))),
        where="--map",
        fix=say(
            "Rename {header} to {role} in its table, or give the one file as the source: {invoices}",
            header=header,
            role=role,
            invoices=str(invoices),
        ),
    )


def _likeliest(names: list[str]) -> str:
    """The file that an example should name: one that speaks of invoices or orders."""
    telling = (name for name in names if any(word in name.lower() for word in ("invoice", "order", "sales")))
    return next(telling, names[0])
