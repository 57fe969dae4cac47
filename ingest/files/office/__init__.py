"""Office documents as pages of lines: `docx` and `odt` read the files, `flow` sets what they hold on pages.

The text of such a document is exact; where its lines and pages end is not known, so that a paragraph is a line.
"""
