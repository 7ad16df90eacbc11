"""Every code block of README and docs, run as its reader would run it."""
