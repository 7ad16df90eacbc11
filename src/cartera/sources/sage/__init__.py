"""How do the books of Sage Business Cloud Accounting (v3.1) become facts? Clients, sales documents, quotes."""
