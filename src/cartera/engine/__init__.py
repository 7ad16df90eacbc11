"""One file per engine: open tables, run, hand back the kind that came in."""
