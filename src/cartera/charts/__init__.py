"""From a View and its rows to a picture."""
