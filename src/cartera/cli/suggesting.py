"""How is a command suggested inside a sentence? As it can be pasted: about the workspace or the source at hand."""

from __future__ import annotations

from cartera.cli.program import command
from cartera.errors import SOURCE, suggest_by


def about(workspace: str | None = None, source: str | None = None) -> None:
    """From now on commands are suggested about this workspace and this source; None for those that need no naming."""
    suggest_by(lambda words: command(*_named(words, workspace, source)))


def about_workspace(workspace: str | None) -> str | None:
    """The workspace that was named, about which commands are suggested from now on."""
    about(workspace, workspace)
    return workspace


def _named(words: tuple[str, ...], workspace: str | None, source: str | None) -> list[str]:
    from cartera.app.workspace.place import without_password

    if SOURCE in words:
        shown = [without_password(source)] if source else []
        return [one for word in words for one in (shown if word == SOURCE else [word])]
    return [*words, *(["-w", without_password(workspace)] if workspace else [])]
