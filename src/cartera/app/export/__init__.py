"""An answer as data for other programs: one file per format."""
