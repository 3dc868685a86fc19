"""The policy's predicates and figures."""
