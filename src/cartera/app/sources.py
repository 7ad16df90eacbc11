"""What does SOURCE mean? A file, a folder of fact tables, a workspace, or a generated company; opened as facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.clock import today
from cartera.app.opened import Opened, opened
from cartera.errors import InputError, UnknownNameError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from cartera.app.scope import Scope

DEMO = "demo"
COMPANIES = {"demo": "services", "demo:services": "services", "demo:distributor": "distributor"}


def open_source(
    scope: Scope,
    text: str,
    *,
    day: date | None = None,
    options: Mapping[str, Any] | None = None,
    known: date | datetime | None = None,
) -> Opened:
    """The facts behind SOURCE; `options` say how a file is to be read. InputError, Ambiguous or a nearest name.

    known: for a workspace, the facts as they were recorded by then.
    """
    given = options or {}
    if not text.strip():
        raise InputError("SOURCE is empty.", fix="Give a file, a folder of fact tables, a workspace, or demo.")
    from cartera.app.workspace.place import is_workspace

    if is_workspace(text):
        from cartera.app.workspace.columns.source import workspace_source

        return workspace_source(scope, text, given, known)
    if known is not None:
        raise InputError(
            f"{text} keeps no history.", where="--known", fix="Only a workspace knows what was known then."
        )
    if text == DEMO or text.startswith(f"{DEMO}:"):
        return generated(scope, text, day or today(), given)
    path = Path(text)
    if not path.exists():
        raise InputError(f"there is no file or folder {text!r}.", fix=missing_hint(path))
    return read(scope, path, given)


def generated(scope: Scope, text: str, day: date, given: Mapping[str, Any]) -> Opened:
    """The made-up company called `text`, with three years of invoices that end on `day`."""
    from cartera.sources.demo import company
    from cartera.sources.files.options import ReadOptions

    told, kind = ReadOptions(**given), company_kind(text)
    return Opened(text, opened(scope, company(kind, day), told.currency), ends_on=day)


def company_kind(text: str) -> str:
    """The kind of made-up company that `text` names. UnknownNameError: there is none."""
    if text not in COMPANIES:
        raise UnknownNameError("demo company", text, ("demo", "demo:distributor"))
    return COMPANIES[text]


def read(scope: Scope, path: Path, given: Mapping[str, Any]) -> Opened:
    """The facts in a file or in a folder of fact tables."""
    from cartera.sources.files.options import ReadOptions

    told = ReadOptions(**given)
    reading = reader(path)(path, told)
    return Opened(
        str(path),
        opened(scope, reading.tables, told.currency),
        understood=tuple(reading.understood),
        notices=tuple(reading.notices),
        problems=tuple(reading.problems),
        account=reading.counts.equation,
    )


def reader(path: Path) -> Callable[..., Any]:
    """The function that reads what lies at `path`."""
    if path.is_dir():
        from cartera.sources.files.folder import read_folder

        return read_folder
    from cartera.sources.files import read_file

    return read_file


def missing_hint(path: Path) -> str:
    """What may have been meant: a file beside it with a name like it, or a generated company."""
    folder = path.parent
    beside = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    near = nearest(path.name, [*beside, *COMPANIES])
    if near is None:
        return "Give a file, a folder of fact tables, a workspace, or demo."
    return f"Did you mean {near!r}?" if near in COMPANIES else f"Did you mean {str(folder / near)!r}?"
