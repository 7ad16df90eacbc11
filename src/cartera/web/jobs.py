"""Which kinds of work are done beside the pages? Each with what does it, in the site that is served."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from cartera.web import exporting

if TYPE_CHECKING:
    from cartera.app.workspace.jobs.running import Running, Work

KINDS: Mapping[str, Callable[[str, Running], dict[str, Any]]] = {exporting.KIND: exporting.made}
"""Kind -> (word of the workspace, job at work) -> what came of it."""


def works(word: str) -> dict[str, Work]:
    """The kinds for one workspace."""
    return {kind: partial(made, word) for kind, made in KINDS.items()}
