"""Refinements: closer looks at a page's picture after an engine has read it, each with the same signature.

`refinement` says what one is, `steps` lists them in order. Each recovers what engines lose: symbols, superscripts,
spaces, or the difference between text and what stands in a figure.
"""
