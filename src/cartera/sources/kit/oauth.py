"""How does a user let us in? The code flow with PKCE (RFC 6749, 7636, 8252): an address to open, a code, tokens."""

from __future__ import annotations

import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.sources.kit.http import Http

VERIFIER_BYTES = 48


@dataclass(frozen=True)
class Grant:
    """How one system lets apps in. scopes: sets to be asked for, the first that it accepts. company: the word in the
    callback's query that names the company, if it does. is_posted: the app names itself in the form, not in a header.

    refresh_days: after which an unused refresh token dies. is_local: it accepts a plain address of this machine.
    """

    authorize: str
    token: str
    scopes: tuple[str, ...]
    has_pkce: bool = False
    is_posted: bool = False
    is_local: bool = True
    company: str = ""
    refresh_days: int = 60
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class App:
    """The registration that the user made at the vendor."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect: str


@dataclass(frozen=True)
class Asked:
    """An authorisation under way. state: comes back with the code. verifier: proves that we asked."""

    state: str
    verifier: str = field(repr=False)
    scope: str


@dataclass(frozen=True)
class Tokens:
    """What opens the door. expires_in: seconds."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in: int


class RefusedError(CarteraError):
    """The vendor's answer to a token request is none. code: its word for it, such as invalid_grant."""

    def __init__(self, code: str, what: str, *, fix: str = "") -> None:
        self.code = code
        super().__init__(what, fix=fix)


def ask(grant: Grant, app: App, scope: str = "") -> tuple[str, Asked]:
    """The address that the user opens, and what must be kept until the answer."""
    asked = Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(VERIFIER_BYTES), scope or grant.scopes[0])
    words = {
        "response_type": "code", "client_id": app.client_id, "redirect_uri": app.redirect, "scope": asked.scope,
        "state": asked.state, **grant.more,
    }  # fmt: skip
    if grant.has_pkce:
        proof = urlsafe_b64encode(sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
        words |= {"code_challenge": proof, "code_challenge_method": "S256"}
    return f"{grant.authorize}{'&' if '?' in grant.authorize else '?'}{urlencode(words)}", asked


def answered(asked: Asked, address: str) -> dict[str, str]:
    """The words of the address to which the user was sent. CarteraError: another state than asked for, or a refusal."""
    found = {name: values[0] for name, values in parse_qs(urlsplit(address.strip()).query).items()}
    if not secrets.compare_digest(found.get("state", ""), asked.state):
        raise CarteraError(
            say("this address does not belong to the request that is under way."),
            fix=say("Open the address shown last, and paste the whole one you are sent to."),
        )
    if "code" not in found:
        told = found.get("error", "")
        raise RefusedError(told, say("access was not given: {reason}.", reason=told or "?"), fix=say("Try again."))
    return found


def exchange(http: Http, grant: Grant, app: App, asked: Asked, code: str) -> Tokens:
    """The tokens for a code. RefusedError: there are none."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.redirect}
    if grant.has_pkce:
        form["code_verifier"] = asked.verifier
    return _tokens(http, grant, app, form)


def refresh(http: Http, grant: Grant, app: App, token: str) -> Tokens:
    """New tokens for a refresh token, which may be spent with that. RefusedError: there are none."""
    return _tokens(http, grant, app, {"grant_type": "refresh_token", "refresh_token": token})


def _tokens(http: Http, grant: Grant, app: App, form: dict[str, str]) -> Tokens:
    headers = {"Accept": "application/json"}
    if not app.client_secret:  # an app on a person's own computer keeps none: the proof of PKCE stands for it
        form |= {"client_id": app.client_id}
    elif grant.is_posted:
        form |= {"client_id": app.client_id, "client_secret": app.client_secret}
    else:
        named = b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
        headers["Authorization"] = f"Basic {named}"
    answer = http.post_form(grant.token, form, headers)
    found = answer.json_or_none()
    told: dict[str, Any] = found if isinstance(found, dict) else {}
    if answer.status == 200 and all(isinstance(told.get(name), str) and told[name] for name in NEEDED):
        return Tokens(told["access_token"], told["refresh_token"], int(told.get("expires_in") or 0))
    code = str(told.get("error") or f"status {answer.status}")
    raise RefusedError(code, say("no token was given: {reason}.", reason=code), fix=say("Connect it again."))


NEEDED = ("access_token", "refresh_token")
