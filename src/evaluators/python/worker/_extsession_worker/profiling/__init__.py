"""Tells where a command spends its time. Nothing is imported before the first one that is profiled."""
