"""In which browser is somebody signed in? As a person would call it, so that a strange one is noticed."""

from __future__ import annotations

# The first that fits: every browser also says that it is others.
PROGRAMS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser_said(agent: str) -> str:
    """Firefox · Linux; empty for one that says nothing known."""
    found = [next((name for word, name in known if word in agent), "") for known in (PROGRAMS, SYSTEMS)]
    return " · ".join(one for one in found if one)
