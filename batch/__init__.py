"""Archives: folders of documents into folders of records, resumed where they stopped.

`sources` finds the documents, `keys` says what each is called for good, `inputs` puts the two together for an output
folder; `locks` keeps other batches out of it. `build_info` says what a record is made by; `manifest` keeps one of the
`rows` a document; `planning` decides what is to be done and why; `runner` has a pool do it: `local_pool` on this
machine, `dask_pool` on a cluster, with large documents in parts (`split_documents`). `job` is what a worker does;
`results` are the files it leaves; `progress` shows it to people.
"""
