"""On whose behalf is something asked? The first argument of every verb."""

from __future__ import annotations

from dataclasses import dataclass

from cartera.errors import CarteraError


@dataclass(frozen=True)
class Scope:
    """Who asks, and what they may see and do.

    workspace: its name, None outside of one. clients: the only client ids that may be seen, None for all.
    may: the verbs that are allowed, None for all.
    """

    workspace: str | None = None
    clients: frozenset[str] | None = None
    may: frozenset[str] | None = None

    def require(self, verb: str) -> None:
        """Nothing when the verb is allowed; else an error that says so."""
        if self.may is not None and verb not in self.may:
            raise CarteraError(f"{verb!r} is not allowed here.", fix="Ask the owner of the workspace.")


EVERYTHING = Scope()
