"""One folder per connector: their records to our facts, nothing else."""
