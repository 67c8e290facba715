"""The life of a command: its source, its errors, its interrupts and its input."""
