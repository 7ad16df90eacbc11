"""How can one word be a command and a family of commands? `plan CLIENT …` is `plan add`, `plan move` is its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from typer.core import TyperGroup

from cartera.app.workspace.deciding.typed import amount

if TYPE_CHECKING:
    from collections.abc import Sequence

HELP = ("-h", "--help")
NEGATIVE = re.compile(r"-[0-9][0-9.,]*")


class Usual(TyperGroup):
    """A family of commands of which one is meant when none is named."""

    usual: ClassVar[str]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words, with the usual command before them where they begin with none."""
        return super().parse_args(ctx, self.completed(args))

    def completed(self, args: Sequence[str]) -> list[str]:
        """The words with the name of the command that they mean."""
        if args and (args[0] in self.commands or args[0] in HELP):
            return list(args)
        return [self.usual, *args]


class Plans(Usual):
    """plan add, plan move, plan drop, plan match."""

    usual = "add"

    def completed(self, args: Sequence[str]) -> list[str]:
        """The words; an amount below zero, which looks like an option, is refused as the amount that it is."""
        for word in args:
            if NEGATIVE.fullmatch(word):
                amount(word)
        return super().completed(args)


class Audits(Usual):
    """audit list, audit verify."""

    usual = "list"
