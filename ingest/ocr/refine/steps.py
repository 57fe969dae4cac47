"""The refinements of a page, in the order in which they are made: each sees the words as the one before left them."""

from collections.abc import Sequence
from dataclasses import replace

from avskrift.ingest.ocr.refine.bullets import mark_as_read, mark_by_shape
from avskrift.ingest.ocr.refine.capitals import correct_capitals
from avskrift.ingest.ocr.refine.dashes import correct_dashes
from avskrift.ingest.ocr.refine.empty_cells import read_empty_cells
from avskrift.ingest.ocr.refine.figure_text import separate_figure_text
from avskrift.ingest.ocr.refine.hyphens import correct_hyphens
from avskrift.ingest.ocr.refine.merge import read_twice
from avskrift.ingest.ocr.refine.missed_text import read_missed_text
from avskrift.ingest.ocr.refine.quotes import correct_quotes
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText, Refinement
from avskrift.ingest.ocr.refine.signs import correct_signs
from avskrift.ingest.ocr.refine.spaces import correct_spaces
from avskrift.ingest.ocr.refine.superscripts import find_superscripts, set_superscripts
from avskrift.ingest.ocr.refine.symbols import correct_symbols
from avskrift.ingest.words import OcrWord
from avskrift.runtime.failures import Failures


def read_marks(page: OcrPage, text: PageText) -> PageText:
    """Reads the crops of all marks at once; each mark keeps its own reading."""
    readings = page.read_lines([mark.crop for mark in text.marks]) if text.marks else []
    marks = [replace(mark, reading=tuple(words)) for mark, words in zip(text.marks, readings, strict=True)]
    return replace(text, marks=tuple(marks))


REFINEMENTS = (
    Refinement("reading a second, smoother picture of the page", read_twice),
    Refinement("looking for letters that the engine passed over", read_missed_text),
    Refinement("looking for dashes in empty cells", read_empty_cells),
    Refinement("telling the words of drawings from the text", separate_figure_text),
    Refinement("looking a second time for § % @", correct_symbols),
    Refinement("looking at what stands for § % @ in the picture", correct_signs),
    Refinement("looking for the bullets of lists", mark_by_shape),
    Refinement("looking for raised figures", find_superscripts),
    Refinement("reading the marks of lists and footnotes", read_marks),
    Refinement("setting the marks of lists", mark_as_read),
    Refinement("setting the marks of footnotes", set_superscripts),
    Refinement("looking at quotation marks", correct_quotes),
    Refinement("telling capitals by their height", correct_capitals),
    Refinement("looking for missed spaces", correct_spaces),
    Refinement("looking for hyphens at the ends of lines", correct_hyphens),
    Refinement("telling hyphens from dashes by their length", correct_dashes),
)


def refined(page: OcrPage, words: Sequence[OcrWord], failures: Failures) -> PageText:
    """What was read of a page after all refinements. One that fails leaves the words as they were read before, and is
    recorded in `failures`."""
    text = PageText(tuple(words))
    for refinement in REFINEMENTS:
        text = _applied(refinement, page, text, failures)
    return text


def _applied(refinement: Refinement, page: OcrPage, text: PageText, failures: Failures) -> PageText:
    stands = "the words stand as they were read before"
    return failures.attempt(refinement.name, lambda: refinement.apply(page, text), text, stands)
