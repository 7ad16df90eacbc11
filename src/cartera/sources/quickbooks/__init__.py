"""QuickBooks Online: its customers, sales documents, payments, estimates and recurring templates as facts."""
