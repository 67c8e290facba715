"""Adaptations of libraries, and the module that user code can import."""
