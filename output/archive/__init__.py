"""The records of a whole archive in other forms: tables (CSV, Parquet, SQLite with search), Markdown, a report.

Here belongs what goes through documents one by one, so that an archive of any size needs the memory of one.
"""
