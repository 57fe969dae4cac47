"""Questions to many records: versions over the years, districts side by side, what was in force on a day."""
