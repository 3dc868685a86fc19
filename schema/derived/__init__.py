"""GraphQL types that follow from the model; nobody writes them by hand."""
