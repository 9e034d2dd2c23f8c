"""Readers of the tapes that exchanges, vendors and archives hand out, each into the batches of `market.tape_batch`.

Where to find what: `formats` lists the formats and opens any of them, `wanted` says what is asked of a source, one
file a format reads it (`lobster`, `lean`, `taq`, `twse`, `twse_parquet`, `taifex`, `bars`, `bitstamp`, `own_parquet`),
`folds/` are the compiled loops that make events of columns, `arrow` is all that is done with pyarrow, `sources` opens
what is compressed, `parts` is what the readers share, `check` looks at a tape that was made.

pyarrow is optional (`pip install 'kairos-oms[data]'`); what needs it says so.
"""
