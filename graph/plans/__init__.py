"""Plans for a whole population: lists, assignments, certificates, and the life of a plan."""
