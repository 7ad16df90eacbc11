"""Where does what a job made lie? In a private folder beside the ledger, named by the job, for a day."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from cartera.app.workspace.jobs.asking import KEPT, WAITING, rows
from cartera.app.workspace.place import private_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cartera.app.workspace.place import Place
    from cartera.ledger.book import Book

FOLDER = "jobs"


def root(book: Book, where: Place) -> Path:
    """The folder of all jobs of a workspace."""
    return where.folder / FOLDER / str(book.workspace_id)


def folder_of(book: Book, where: Place, number: int) -> Path:
    """The folder of one job, whether it is there or not."""
    return root(book, where) / str(number)


def laid(book: Book, where: Place, number: int) -> Path:
    """A new, empty folder for a job; what an earlier try left is gone."""
    folder = folder_of(book, where, number)
    shutil.rmtree(folder, ignore_errors=True)
    private_folder(folder.parent.parent)
    private_folder(folder.parent)
    private_folder(folder)
    return folder


def sweep(book: Book, where: Place) -> None:
    """Throw away the jobs whose day has passed, done or not begun, and files of which no job tells (any more)."""
    from cartera.app.clock import now

    rows(book).filter(ended_at__lte=now() - KEPT).delete()
    rows(book).filter(state=WAITING, asked_at__lte=now() - KEPT).delete()
    known = {str(number) for number in rows(book).values_list("pk", flat=True)}
    for folder in root(book, where).glob("*"):
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)


def thrown_away(book: Book, where: Place) -> None:
    """Throw away everything that jobs have made: a person in it was erased."""
    shutil.rmtree(root(book, where), ignore_errors=True)
