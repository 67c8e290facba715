"""Values on their way to the host: as data, and as displays."""
