"""What is going on? A bar on standard error for work that takes over a second, on a terminal alone."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 1.0  # seconds before a bar appears


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Shows `what` with a moving bar while the block runs, when that takes long and somebody watches."""
    if not sys.stderr.isatty():
        yield
        return
    done = Event()
    watcher = Thread(target=watch, args=(done, what), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def watch(done: Event, what: str) -> None:
    """Draw the bar until the work is done, if it is not done soon."""
    if done.wait(PATIENCE):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    look = TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn()
    with Progress(*look, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(what, total=None)
        done.wait()
