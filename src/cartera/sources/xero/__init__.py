"""How do Xero's books (Accounting API 2.0) become facts? Contacts, invoices, credit notes, plans."""
