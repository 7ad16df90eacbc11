"""In which words is kept what a source is, and how a run over it ended?"""

from __future__ import annotations

READY, RECONNECT, DISCONNECTED = "ready", "reconnect", "disconnected"  # a source; reconnect is an outcome as well
ENDED, INCOMPLETE, PAUSED, FAILED = "done", "incomplete", "paused", "failed"  # a run
DEMO, BASE = "demo", "base"  # settings of a source that is served on this machine
