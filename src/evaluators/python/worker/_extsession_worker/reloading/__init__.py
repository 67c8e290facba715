"""Modules whose files have changed are loaded anew before the next command; what user code holds of them follows."""
