"""How can a request fail? Each failure says what the sync does next: again, later, another stream, a new sign-in."""

from __future__ import annotations

from cartera.errors import CarteraError
from cartera.tongue import say


class AgainError(CarteraError):
    """No whole answer this time. seconds: how long to wait, None when nobody says."""

    def __init__(self, what: str, *, where: str = "", seconds: float | None = None) -> None:
        self.seconds = seconds
        super().__init__(what, where=where)


class UnreachableError(CarteraError):
    """No whole answer after several tries: the sync ends here and goes on at its position."""

    def __init__(self, what: str, *, where: str = "") -> None:
        super().__init__(what, where=where, fix=say("The next sync goes on where this one ended."))


class PausedError(CarteraError):
    """The source wants to be left alone for longer than a sync waits. seconds: how long, None until tomorrow."""

    def __init__(self, what: str, *, seconds: float | None) -> None:
        self.seconds = seconds
        super().__init__(what, fix=say("The next sync goes on where this one ended."))


class UnauthorisedError(CarteraError):
    """The source does not let us in any more, with a fresh token either: a person must connect it again."""

    def __init__(self, what: str, *, where: str = "") -> None:
        super().__init__(what, where=where, fix=say("Connect it again."))


class RefusedStreamError(CarteraError):
    """This list is refused, others are not. status: of the answer."""

    def __init__(self, status: int, what: str, *, where: str = "") -> None:
        self.status = status
        super().__init__(what, where=where)


class ForeignHostError(CarteraError):
    """An address that is none of the source's own, to which no token may go."""


class IncompleteError(CarteraError):
    """A list that cannot be read as a whole: what was read of it is kept, what is missing is not taken for gone."""
