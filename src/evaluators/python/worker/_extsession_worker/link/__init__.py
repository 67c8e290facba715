"""How the worker reaches its host, on each operating system."""
