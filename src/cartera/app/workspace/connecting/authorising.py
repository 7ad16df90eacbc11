"""How does a user let Cartera into a system? Asked, answered, exchanged; then the companies to choose from."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cartera.errors import CarteraError
from cartera.sources.kit import oauth
from cartera.sources.kit.http import LOCAL, Http, at_company
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.sources.kit.contract import Company, Connector

WRONG_SCOPE = "invalid_scope"


@dataclass(frozen=True)
class Opened:
    """What was given: secrets to keep, with the set of rights that was accepted, and the companies that they open."""

    secrets: Mapping[str, Any]
    companies: tuple[Company, ...]
    expires_at: datetime | None = None


def scopes(connector: Connector, base: str | None = None) -> tuple[str, ...]:
    """The sets of rights to ask for, one after the other until one is accepted; none for a system with a token."""
    grant = connector.grant_at(base)
    return grant.scopes if grant else ()


def begin(connector: Connector, app: oauth.App, *, scope: str = "", base: str | None = None) -> tuple[str, oauth.Asked]:
    """The address that the user opens, and what must be kept until the answer."""
    grant = connector.grant_at(base)
    if grant is None:
        raise CarteraError(say("{system} is opened by a token that you make there.", system=connector.label))
    return oauth.ask(grant, app, scope)


def answered(
    connector: Connector, app: oauth.App, asked: oauth.Asked, address: str, *, now: datetime, base: str | None = None
) -> Opened:
    """What the address to which the user was sent opens. RefusedError: nothing; its code says why."""
    grant = connector.grant_at(base)
    assert grant is not None
    found = oauth.answered(asked, address)
    with closing(_way(connector, base)) as http:
        tokens = oauth.exchange(http, grant, app, asked, found["code"])
    secrets = {
        "client_id": app.client_id, "client_secret": app.client_secret, "redirect": app.redirect,
        "access": tokens.access, "refresh": tokens.refresh, "life": tokens.expires_in, "scope": asked.scope,
    }  # fmt: skip
    only = found.get(grant.company) if grant.company else None
    companies = _companies(connector, tokens.access, base, only)
    return Opened(secrets, companies, now + timedelta(seconds=tokens.expires_in))


def with_token(connector: Connector, token: str, *, company: str = "", base: str | None = None) -> Opened:
    """What a token opens that the user made."""
    return Opened({"token": token}, _companies(connector, token, base, company or None))


def chosen(connector: Connector, companies: tuple[Company, ...], key: str | None) -> Company:
    """The company of this key, or the only one. CarteraError: which one must be said."""
    found = [one for one in companies if key is None or key in (one.key, one.label)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{one.key} ({one.label})" for one in companies)
    if not companies:
        raise CarteraError(
            say("{system} shows no company to this user.", system=connector.label),
            fix=say("Sign in there with a user who may see the books."),
        )
    raise CarteraError(
        say("there are {count} companies: {companies}.", count=len(companies), companies=listed),
        fix=say("Name one: {option}.", option=f"--company {companies[0].key}"),
    )


def _companies(connector: Connector, token: str, base: str | None, only: str | None) -> tuple[Company, ...]:
    """The companies that the token opens; `only` where the answer named one."""
    with closing(_way(connector, base, token, only or "")) as http:
        found = tuple(connector.companies(http))
    return tuple(one for one in found if only is None or one.key == only) or found


def _way(connector: Connector, base: str | None, token: str | None = None, company: str = "") -> Http:
    hosts = connector.hosts | ({LOCAL} if base else set())
    return Http(
        at_company(base or connector.base, company), hosts, budget=connector.budget,
        headers=connector.headers(company) if token else None, token=(lambda _is_stale: token) if token else None,
        is_local=bool(base),
    )  # fmt: skip
