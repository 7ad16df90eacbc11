"""Does a page stand still while it comes? As the browser itself sees it: nothing moves that a person did not move."""

from __future__ import annotations

import pytest
from tests.web.browser.pages import menu

WATCH = """
window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => { if (!one.hadRecentInput) moved += one.value; }))
  .observe({type: 'layout-shift', buffered: true});
"""


@pytest.mark.parametrize("address", [*menu(), "clients/C001"])
def test_nothing_moves(open_tab, live, address):
    tab = open_tab(live)
    tab.page.add_init_script(WATCH)
    tab.go(address)
    assert tab.page.evaluate("moved") == 0
