"""How do tables of a database become facts? A query per fact table, whose column names are those of the fact tables."""
