"""Debugging: a command is connected to the host's debugger while it runs. Nothing is imported before that."""
