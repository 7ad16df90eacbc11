"""What is known of one person, and how is it forgotten? Driven by the tags of the columns, so that none is left out."""
