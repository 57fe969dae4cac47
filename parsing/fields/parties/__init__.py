"""Who makes the agreement: parties by clauses, covers, letterheads, lists and tables, with kind, number and address."""
