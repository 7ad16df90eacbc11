"""Who is who? Clients called by id, old id or name; duplicates suggested; clients linked, kept apart, put together."""
