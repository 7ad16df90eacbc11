"""An answer for a person at a terminal."""
