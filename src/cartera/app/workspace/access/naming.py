"""May a person be called so? What people do is written down under their names, so no two here have the same."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from cartera.errors import CarteraError
from cartera.tongue import say


def require_own_name(alias: str, name: str, workspaces: Iterable[int], *, user: int | None = None) -> None:
    """Nothing where nobody else in these workspaces has the name, or it as an address; none at all will do.

    CarteraError: somebody has. user: whose name it is, None for somebody who is not there yet.
    """
    from cartera.ledger.models import Membership

    others = Membership.objects.using(alias).filter(workspace_id__in=list(workspaces)).exclude(user_id=user)
    taken = {heard(one) for pair in others.values_list("user__name", "user__email") for one in pair if one}
    if heard(name) in taken:
        raise CarteraError(
            say("somebody else here is called {name}.", name=name.strip()),
            where="name", fix=say("Add what tells you apart, such as a second name."),
        )  # fmt: skip


def heard(name: str) -> str:
    """The name without what the eye does not tell apart: capitals, spaces, wide letters."""
    return " ".join(normalize("NFKC", name).split()).casefold()
