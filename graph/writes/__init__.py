"""How rows become nodes and relationships, and what every change leaves behind."""
