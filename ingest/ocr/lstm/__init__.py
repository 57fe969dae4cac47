"""The engine of our own: Tesseract's LSTM line recognisers, run on ONNX Runtime, and what is made of what they show.

`engine` is what others use, `line_reading` the road of its lines: `line_image` prepares them, `recogniser` gives the
probabilities of letters, `decoding` words, `candidates` and `spelling` what unsure ones may be. `traineddata` and
`network_file` read Tesseract's files, `line_network` says what network is supported, `graph` and `onnx_encoding` write
it for ONNX Runtime. `data/` has the files, with where they come from.
"""
