"""What a source or a person asserted: the tables every question reads, and what is wrong with them."""
