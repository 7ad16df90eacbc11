"""Who may ask a pretended system? Whoever holds a token that it gave: by a code with its proof, or for a refresh token.

Refresh tokens are spent by being used, access tokens live as long as is said, and whatever is wrong is refused as the
vendors refuse it.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from cartera.sources.kit.replies import Call, Reply

AUTHORIZE, TOKEN = "/pretend/authorize", "/pretend/token"


@dataclass
class Gate:
    """The sign-in of a system. life: seconds of an access token. callback: what else the user is sent back with.

    client_secret: None for any. fixed: tokens that always open. is_lenient: any does, also one of a server that ran
    before: for made-up books that are served anew with every sync.
    """

    life: int = 1800
    client_id: str = "pretend"
    client_secret: str | None = None
    callback: Mapping[str, str] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()  # that may be asked for; empty: any
    fixed: tuple[str, ...] = ()
    has_pkce: bool = True
    is_lenient: bool = False
    refused: list[str] = field(default_factory=list)  # every refusal by its word
    issued: list[str] = field(default_factory=list)  # every token that was ever given
    refreshes: int = 0
    _codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    _refresh: set[str] = field(default_factory=set)
    _access: dict[str, datetime] = field(default_factory=dict)

    @property
    def routes(self) -> dict[str, Callable[[Call], Any]]:
        """The addresses of the sign-in, to be served beside the system's own."""
        return {f"GET {AUTHORIZE}": self.authorize, f"POST {TOKEN}": self.token}

    def door(self, call: Call) -> Reply | None:
        """A refusal of whoever shows no token that opens now."""
        if call.path in (AUTHORIZE, TOKEN):
            return None
        kind, _, token = call.headers.get("authorization", "").partition(" ")
        ends = self._access.get(token)
        is_known = token in self.fixed or self.is_lenient or (ends is not None and call.at < ends)
        is_open = kind == "Bearer" and bool(token) and is_known
        return None if is_open else Reply('{"message": "the token is not valid, or not any more"}', 401)

    def given(self, at: datetime) -> dict[str, object]:
        """New tokens, as a token address answers."""
        access, refresh = f"a-{secrets.token_urlsafe(16)}", f"r-{secrets.token_urlsafe(16)}"
        self._access[access] = at + timedelta(seconds=self.life)
        self._refresh.add(refresh)
        self.issued += [access, refresh]
        return {
            "access_token": access, "refresh_token": refresh, "expires_in": self.life, "token_type": "Bearer",
        }  # fmt: skip

    def revoke(self) -> None:
        """Nothing that was given opens any more."""
        self._access.clear()
        self._refresh.clear()

    def authorize(self, call: Call) -> Reply:
        """The user is asked, says yes, and is sent back with a code."""
        words, code = call.words, secrets.token_urlsafe(12)
        back: dict[str, str] = {"state": words.get("state", "")}
        if self.scopes and words.get("scope") not in self.scopes:
            back |= {"error": "invalid_scope"}
        else:
            self._codes[code] = words.get("redirect_uri", ""), words.get("code_challenge", "")
            back |= {"code": code, **self.callback}
        return Reply("", 302, {"Location": f"{words.get('redirect_uri', '')}?{urlencode(back)}"})

    def token(self, call: Call) -> Reply:
        """Tokens for a code or a refresh token, or why not."""
        form = call.form
        if not self._is_ours(call):
            return self._refusal("invalid_client", 401)
        kinds: dict[str, Callable[[Mapping[str, str]], bool]] = {
            "authorization_code": self._has_code, "refresh_token": self._has_refresh,
        }  # fmt: skip
        check = kinds.get(form.get("grant_type", ""))
        if check is None or not check(form):
            return self._refusal("invalid_grant", 400)
        return Reply(json.dumps(self.given(call.at)))

    def _refusal(self, code: str, status: int) -> Reply:
        self.refused.append(code)
        return Reply(json.dumps({"error": code}), status)

    def _is_ours(self, call: Call) -> bool:
        kind, _, named = call.headers.get("authorization", "").partition(" ")
        given = b64decode(named).decode() if kind == "Basic" else ":".join(
            (call.form.get("client_id", ""), call.form.get("client_secret", ""))
        )  # fmt: skip
        client, _, secret = given.partition(":")
        return self.is_lenient or (client == self.client_id and self.client_secret in (None, secret))

    def _has_code(self, form: Mapping[str, str]) -> bool:
        redirect, challenge = self._codes.pop(form.get("code", ""), ("", "?"))
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        return bool(redirect) and form.get("redirect_uri") == redirect and challenge in (
            (proof,) if self.has_pkce else (proof, "")
        )  # fmt: skip

    def _has_refresh(self, form: Mapping[str, str]) -> bool:
        token = form.get("refresh_token", "")
        if token not in self._refresh and not self.is_lenient:
            return False
        self._refresh.discard(token)  # spent
        self.refreshes += 1
        return True
