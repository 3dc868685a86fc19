"""Which states things may take, who may move them, and what must hold."""
