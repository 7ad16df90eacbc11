"""How are refused rows taken along? As a file to mend, which the audit knows of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.app.workspace.rejects import rejects

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

EXPORT = "export"


def mend_file(scope: Scope, book: Book, number: int, *, day: date, by: str, separator: str = ",") -> bytes:
    """The rows that import `number` refused and that no later one brought in, as CSV that comes back mended.

    UnknownNameError: there is no such import.
    """
    from django.db import transaction

    from cartera.app.export.csv_text import encoded
    from cartera.ledger import audit

    scope.require("import")
    answer = rejects(scope, book, number, day=day)
    told = json.dumps({"rejects": number, "rows": answer.rows.num_rows})
    with transaction.atomic(using=book.alias):
        audit.write(book, EXPORT, at=now(), by=by, value=told)
    return encoded(answer, separator=separator, with_mark=True)
