"""Hand-written types, and the root fields that return them."""
