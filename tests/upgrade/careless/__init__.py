"""The same step, taken piece by piece outside of a transaction."""
