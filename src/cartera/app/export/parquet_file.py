"""An answer as Parquet: typed columns with their names, for the next program."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cartera.views.view import Answer


def encoded(answer: Answer) -> bytes:
    """The bytes of one Parquet file; the question, the day and the policy stand in its metadata."""
    import pyarrow.parquet as pq

    told = {"question": answer.view.question, "day": answer.query.day.isoformat()}
    buffer = io.BytesIO()
    pq.write_table(answer.rows.replace_schema_metadata(told), buffer)
    return buffer.getvalue()
