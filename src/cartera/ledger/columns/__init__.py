"""The columns: facts of a ledger as immutable Parquet files, which the questions read. Disposable."""
