"""How do the records of a source become facts? Each page in one transaction, with its position."""
