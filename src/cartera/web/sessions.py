"""Where is it kept that somebody is signed in? In rows of the ledger's database, which signing out removes."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Rows


class SessionStore(Rows):
    """Django's sessions in rows, in our own table."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table."""
        from cartera.ledger.models import SignIn

        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row, with the person whose it is."""
        row = super().create_model_instance(data)
        row.user_id = data.get("_auth_user_id")
        row.browser, row.address = data.get("browser", ""), data.get("address", "")
        return row
