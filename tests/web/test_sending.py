"""Is a file sent piece by piece the same as the whole?"""

from __future__ import annotations

import pytest

from cartera.app.export import formats, plain, workbook
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, view_called
from cartera.web import sending


def test_many_rows_are_sent_piece_by_piece_and_are_the_same(as_owner, monkeypatch):
    whole = as_owner.get("/acme/export/clients.csv").content
    for module in (plain, sending):
        monkeypatch.setattr(module, "ROWS_OF_A_PIECE", 5)
    response = as_owner.get("/acme/export/clients.csv")
    parts = list(response.streaming_content)
    assert (len(parts), b"".join(parts)) == (4, whole)
    assert "Content-Length" not in response.headers


@pytest.mark.parametrize("kind", formats.STREAMED)
def test_pieces_are_the_whole(site, kind, monkeypatch):
    answer = site.desk(site.workspaces()["acme"]).ask(EVERYTHING, view_called("clients"), Ask())
    whole = formats.encoded(answer, kind)
    monkeypatch.setattr(plain, "ROWS_OF_A_PIECE", 5)
    assert b"".join(formats.pieces(answer, kind)) == whole
    assert len(list(formats.pieces(answer, kind))) == 4


def test_a_workbook_is_written_row_by_row(site, monkeypatch):
    answer = site.desk(site.workspaces()["acme"]).ask(EVERYTHING, view_called("clients"), Ask())
    whole = formats.encoded(answer, "xlsx")
    assert workbook.ROW_BY_ROW["constant_memory"], "150,000 rows took 326 MB of memory, and 8 MB row by row"
    monkeypatch.setattr(plain, "ROWS_OF_A_PIECE", 5)
    assert formats.encoded(answer, "xlsx") == whole
