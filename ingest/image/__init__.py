"""A page as a picture, before any letter is read: its condition, preprocessing, lines of text, rules, figures and
stamps.

Pictures are arrays of grey (`picture`), shapes in them connected components; nothing here knows words.
"""
