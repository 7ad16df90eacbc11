"""What do people decide about clients? Plans, marks, notes, reps; one file per verb, each one change with a number."""
