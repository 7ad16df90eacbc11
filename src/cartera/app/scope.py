"""On whose behalf is something asked? The first argument of every verb."""

from __future__ import annotations

from dataclasses import dataclass

from cartera.errors import CarteraError
from cartera.tongue import say


class NotAllowedError(CarteraError):
    """What was asked is there, and whoever asks may not do it."""


@dataclass(frozen=True)
class Scope:
    """Who asks, and what they may see and do.

    workspace: its name, None outside of one. clients: the only client ids that may be seen, None for all.
    may: the verbs that are allowed, None for all.
    """

    workspace: str | None = None
    clients: frozenset[str] | None = None
    may: frozenset[str] | None = None

    def allows(self, verb: str) -> bool:
        """Whether the verb is allowed."""
        return self.may is None or verb in self.may

    def require(self, verb: str) -> None:
        """Nothing when the verb is allowed; else NotAllowedError, which says so."""
        if not self.allows(verb):
            raise NotAllowedError(
                say("{verb} is not allowed here.", verb=repr(verb)), fix=say("Ask the owner of the workspace.")
            )


EVERYTHING = Scope()
