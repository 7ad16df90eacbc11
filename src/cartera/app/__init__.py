"""The use cases, settings and the clock; no arithmetic."""
