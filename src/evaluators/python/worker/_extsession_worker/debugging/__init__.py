"""Connects a command to the host's debugger while it runs. Nothing is imported before that."""
