"""What may be done: operations declared as data, and the one engine that does them."""
