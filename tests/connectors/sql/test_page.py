"""Is a database offered on the page that connects systems? No: its form would end in an error."""

from __future__ import annotations

import pytest
from django.http import Http404

from cartera.sources.registry import names
from cartera.web.pages.sources import letting_in


def test_a_database_is_not_connected_on_a_page():
    assert "sql" in names()
    assert "sql" not in {one.name for one in letting_in.offered()}
    assert {"xero", "harvest"} <= {one.name for one in letting_in.offered()}
    with pytest.raises(Http404):
        letting_in.begun(None, "sql")
