"""The learned reader: a network reads a document word by word and says what is a value, how surely, and which lines
are what."""
