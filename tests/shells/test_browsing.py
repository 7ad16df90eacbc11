"""When is an address opened in a browser by itself? Only for a person at a screen with windows."""

from __future__ import annotations

import sys

import pytest

from cartera.app.browsing import can_browse


@pytest.mark.parametrize(
    ("screen", "is_terminal", "ssh", "opens"),
    [(":0", True, "", True), ("", True, "", False), (":0", False, "", False), (":0", True, "10.0.0.1 22", False)],
)
def test_a_browser_is_opened_only_where_somebody_looks(monkeypatch, screen, is_terminal, ssh, opens):
    for name, value in (("DISPLAY", screen), ("WAYLAND_DISPLAY", ""), ("SSH_CONNECTION", ssh)):
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal, raising=False)
    assert can_browse() is opens
