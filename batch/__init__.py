"""Whole archives: folders of documents into folders of records, resumed where they stopped.

`sources` finds the documents and gives them keys; `fingerprint` tells what a record is made by; `manifest` keeps one
row a document; `planning` decides what is to be done and why; `runner` has a pool do it: `local_pool` on this machine,
`dask_pool` on a cluster. `job` is what a worker does; `results` are the files it leaves; `progress` tells people.
"""
