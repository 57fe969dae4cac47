"""What is done to the words of a page after an engine has read them, one refinement after the other."""
