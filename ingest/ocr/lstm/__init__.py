"""Tesseract's LSTM line recognisers, run on ONNX Runtime: a picture of a line becomes probabilities of letters.

`recogniser` is what others use, with `line_image`, which prepares lines for it. `traineddata` and `network_file` read
Tesseract's files, `line_network` says what network is supported, `graph` and `onnx_encoding` write it for ONNX
Runtime. `data/` has the files, with where they come from.
"""
