"""The house as a stranger meets it: sizes, names, docstrings, and what the core may bring along."""
