"""A page read by an OCR engine: the engines, the image of a page that they are given, and the way of one page.

`page` is that way from picture to lines; `refine` what is done to the words in between.
"""
