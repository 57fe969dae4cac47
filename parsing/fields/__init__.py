"""The fields of a record, a module each; `registry` is the ordered list of them."""
