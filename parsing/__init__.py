"""From a `Document` to an `Agreement`: sections, then one module for each field."""
