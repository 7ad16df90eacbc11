"""Which kinds of work are done beside the pages? Each with what does it, in the site that is served."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from cartera.web import exporting

if TYPE_CHECKING:
    from cartera.app.workspace.jobs.running import Running, Work

SYNC = "sync"


def synced(_word: str, running: Running) -> dict[str, Any]:
    """What a sync did that a person asked for."""
    from cartera.app.workspace.connecting.schedule import job

    return job(running)


KINDS: Mapping[str, Callable[[str, Running], dict[str, Any]]] = {exporting.KIND: exporting.made, SYNC: synced}
"""Kind -> (word of the workspace, job at work) -> what came of it."""


def works(word: str) -> dict[str, Work]:
    """The kinds for one workspace."""
    return {kind: partial(made, word) for kind, made in KINDS.items()}
