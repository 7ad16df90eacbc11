"""What is going on? A bar on standard error for work that takes over a second, on a terminal alone."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 1.0  # seconds before a bar appears
REFRESH = 0.1


@contextmanager
def waiting(what: str) -> Iterator[Callable[[float], None]]:
    """Shows `what` with a bar while the block runs, when that takes long and somebody watches.

    Gives a function that takes the share done, 0 to 1; until it is called the bar only moves.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    done, shares = Event(), [0.0]
    watcher = Thread(target=watch, args=(done, what, shares), daemon=True)
    watcher.start()
    try:
        yield lambda share: shares.__setitem__(0, share)
    finally:
        done.set()
        watcher.join()


def watch(done: Event, what: str, shares: list[float]) -> None:
    """Draw the bar until the work is done, if it is not done soon."""
    if done.wait(PATIENCE):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    look = TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn()
    with Progress(*look, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        while not done.wait(REFRESH):
            if shares[0]:
                bar.update(task, total=1.0, completed=shares[0])
