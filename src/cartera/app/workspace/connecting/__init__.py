"""How do the books of other systems become facts? Connected once, read again and again, never written to."""
