"""From a document to a response: parsed, checked and planned once, then filled and completed."""
