"""The records of a whole archive in other forms: tables, databases, a report."""
