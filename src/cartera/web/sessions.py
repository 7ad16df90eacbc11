"""Where is it kept that somebody is signed in? In rows of the ledger's database, which signing out removes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Rows

from cartera.app.clock import now
from cartera.app.workspace.access.signins import LASTS, SEEN_EVERY, is_over

BEGUN = "begun"


class SessionStore(Rows):
    """Django's sessions in rows of our own table, which end by themselves: after two weeks, or three days unused."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table."""
        from cartera.ledger.models import SignIn

        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row, with the person whose it is; written anew it is as old as it was."""
        begun = datetime.fromisoformat(data.setdefault(BEGUN, now().isoformat()))
        row = super().create_model_instance(data)
        row.user_id = data.get("_auth_user_id")
        row.browser, row.address = data.get("browser", ""), data.get("address", "")
        row.begun_at, row.seen_at, row.expire_date = begun, now(), begun + LASTS
        return row

    def _get_session_from_db(self) -> Any:
        """The row in force, seen once more; None for one that is over, which goes."""
        row = super()._get_session_from_db()
        if row is None:
            return None
        at = now()
        rows = self.get_model_class().objects.filter(pk=row.pk)
        if is_over(row.begun_at, row.seen_at, at):
            rows.delete()
            self._session_key = None
            return None
        if at - row.seen_at >= SEEN_EVERY:
            rows.update(seen_at=at)
        return row
