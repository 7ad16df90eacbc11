"""The command `import`: show what a file holds and what it would change, ask what is open, then import it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import Reading, option
from cartera.cli.printing import tell
from cartera.cli.program import command
from cartera.cli.progress import waiting
from cartera.cli.workspace.done import where
from cartera.cli.workspace.options import PANEL, By, Workspace, book
from cartera.errors import Ambiguous, Question

if TYPE_CHECKING:
    from cartera.app.workspace.importing.answers import Answers
    from cartera.app.workspace.importing.commit import Done
    from cartera.app.workspace.importing.prepare import Prepared
    from cartera.ledger.book import Book

ANSWERS = "Answers to what it asks"
File = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="A file of invoices, of any shape, or a folder of fact tables.", show_default=False
    ),
]
Source = Annotated[
    str | None,
    option("--source", panel=PANEL, metavar="NAME", text="Where the file comes from; else its known layout, or file."),
]
DryRun = Annotated[bool, option("--dry-run", panel=ANSWERS, text="Only show what it holds and what it would change.")]
Yes = Annotated[
    bool, option("--yes", "-y", panel=ANSWERS, text="Import without asking whether to; answers nothing else.")
]
Json = Annotated[bool, option("--json", panel=ANSWERS, text="The preview for a program.")]
WithRejects = Annotated[
    bool, option("--with-rejects", panel=ANSWERS, text="Import the other rows when some cannot be read.")
]
WithDifferences = Annotated[
    bool, option("--with-differences", panel=ANSWERS, text="Import although the file's own sums differ from its rows.")
]
WithChanges = Annotated[
    bool, option("--with-changes", panel=ANSWERS, text="Import although many invoices that are there would change.")
]
Renamed = Annotated[
    str | None,
    option("--renamed", panel=ANSWERS, metavar="same|other", text="What a client under another name is."),
]
Replace = Annotated[
    str | None,
    option(
        "--replace", panel=ANSWERS, metavar="period", text="Take away what the file no longer has between its days."
    ),
]
AnswersFile = Annotated[
    str | None, option("--answers", panel=ANSWERS, metavar="FILE.toml", text="Answers kept in a file.")
]


def import_command(
    file: File,
    *,
    reading: Reading,
    workspace: Workspace = None,
    by: By = None,
    source: Source = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
    with_rejects: WithRejects = False,
    with_differences: WithDifferences = False,
    with_changes: WithChanges = False,
    renamed: Renamed = None,
    replace: Replace = None,
    answers: AnswersFile = None,
) -> None:
    """Bring a file of invoices, or what export wrote, into a workspace, once you have seen what it holds."""
    from cartera.app.workspace.importing.answers import Answers, from_file

    given = Answers(reading.given, with_rejects, with_differences, with_changes, renamed, replace)
    opened = book(workspace)
    if answers:
        given = given.over(from_file(Path(answers)))
    may_ask = not (yes or as_json or dry_run) and sys.stdin.isatty()
    prepared = _prepared(opened, Path(file), given, source, may_ask=may_ask)
    if prepared is None:
        return
    _show(prepared, as_json=as_json)
    if prepared.preview.questions:
        prepared = _answered(prepared, source) if may_ask else _refused(prepared)
    if dry_run:
        return
    if not yes:
        _confirm(prepared, may_ask=may_ask)
    _commit(prepared, by, workspace, as_json=as_json)


def _prepared(opened: Book, file: Path, given: Answers, source: str | None, *, may_ask: bool) -> Prepared | None:
    """The file, understood; None when it is there already. What the reader asks is asked here where it can be."""
    from cartera.app.workspace.day import day_there
    from cartera.app.workspace.importing.answers import with_answer
    from cartera.app.workspace.importing.prepare import Earlier, prepare

    while True:
        try:
            with waiting(f"Reading {file}") as share:
                found = prepare(EVERYTHING, opened, file, given, today=day_there(opened), source=source, progress=share)
        except Ambiguous as asked:
            if not may_ask:
                raise
            for question in asked.questions:
                given = with_answer(given, question, ask(question))
            continue
        if not isinstance(found, Earlier):
            return found
        sys.stdout.write(f"{file.name} was already imported on {found.day} as batch {found.number}: nothing to do.\n")
        return None


def _show(prepared: Prepared, *, as_json: bool) -> None:
    from cartera.app.workspace.importing.said import told

    if as_json:
        sys.stdout.write(json.dumps(prepared.preview.as_data(), ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in told(prepared.preview))
    sys.stdout.flush()


def _refused(prepared: Prepared) -> Prepared:
    raise Ambiguous(prepared.preview.questions, where=prepared.file.name)


def _answered(prepared: Prepared, source: str | None) -> Prepared:
    """The same file with the answers of the person at the keyboard."""
    from cartera.app.workspace.importing.answers import with_answer

    given = prepared.answers
    for question in prepared.preview.questions:
        given = with_answer(given, question, ask(question))
    path = Path(prepared.path)
    made = _prepared(prepared.book, path, given, source, may_ask=True)
    return _answered(made, source) if made is not None and made.preview.questions else made or prepared


def ask(question: Question) -> str:
    """The answer that a person chooses; Abort when the answer is no."""
    tell([question.text])
    if list(question.readings) == [""]:
        typer.confirm("Do that?", abort=True, err=True)
        return ""
    # A column may be named alone: When for issued_on=When.
    words = [word.strip('"') for word in question.readings]
    short = {word.partition("=")[2] or word: word for word in words}
    while True:
        said = str(typer.prompt(f"Which ({', '.join(short)})", default=question.preselected, err=True)).strip()
        if said in short or said in words:
            return short.get(said, said)
        tell([f"{said!r} is none of them."])


def _confirm(prepared: Prepared, *, may_ask: bool) -> None:
    """Nothing when the person says yes; where nobody can be asked, the question and the option that answers it."""
    rows = prepared.read.reading.counts.accepted
    what = f"Import {rows:,} row{'' if rows == 1 else 's'}?"
    if may_ask:
        typer.confirm(what, abort=True, err=True)
        return
    raise Ambiguous([Question("import", what, "--yes", {"": "imports them; nothing was written yet"})])


def _commit(prepared: Prepared, by: str | None, workspace: str | None, *, as_json: bool) -> None:
    from cartera.app.clock import now
    from cartera.app.workspace.author import author
    from cartera.app.workspace.importing.commit import commit

    with waiting(f"Importing {prepared.file.name}") as share:
        done = commit(EVERYTHING, prepared, now=now, by=author(by), told=share)
    said = sentence(prepared, done, workspace)
    tell([said]) if as_json else sys.stdout.write(f"\n{said}\n")


def sentence(prepared: Prepared, done: Done, workspace: str | None = None) -> str:
    """What was done, what it closed, and how to take it back."""
    from cartera.app.workspace.deciding.matching import told_of_plans

    documents = done.plan.documents
    counts = ", ".join(f"{documents.count(home):,} {home}" for home in ("new", "changed", "unchanged"))
    removed = f", {len(done.plan.removed):,} taken away" if done.plan.removed else ""
    left = len(prepared.read.reading.problems)
    rejects = command("imports", "rejects", str(done.number), *where(workspace))
    lists = f" {left:,} row{'' if left == 1 else 's'} left out; this lists them: {rejects}." if left else ""
    words = "".join(f", {one.counts['new']:,} new {one.table}" for one in done.plan.words if one.counts["new"])
    said = f"Imported {prepared.file.name} as batch {done.number}: {counts} documents{removed}{words}.{lists}"
    plans = told_of_plans(prepared.book, done.number)
    said = f"{said} {plans}" if plans else said
    return f"{said} To take it back: {command('undo', str(done.number), *where(workspace))}."
