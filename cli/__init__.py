"""The command line: arguments into calls, results to files and terminals; nothing else is decided here."""
