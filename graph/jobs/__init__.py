"""Long work as job nodes: queued by whoever wants it, done by `jiangpu work`."""
