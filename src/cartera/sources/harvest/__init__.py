"""How do Harvest's books (API v2) become facts? Clients, contacts, invoices, accepted estimates, recurring ones."""
