"""Who fits whom: candidates, features, scores, and reasons that are paths in the graph."""
