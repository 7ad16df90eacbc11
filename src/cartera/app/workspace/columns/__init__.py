"""A workspace's facts for the questions: its columns as tables of a closed DuckDB, with what people decided applied."""
