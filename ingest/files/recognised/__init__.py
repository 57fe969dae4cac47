"""What another engine read, as it wrote it: PAGE XML, ALTO and hOCR, each with the boxes of lines or words.

`page_xml`, `alto` and `hocr` read the files into the shape of `other_reading`, which makes pages of it.
"""
