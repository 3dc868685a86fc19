"""How a tree of wanted values and a viewer become one Cypher statement."""
