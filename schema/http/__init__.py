"""GraphQL over HTTP: transport, streams, limits, and the pages for a browser."""
