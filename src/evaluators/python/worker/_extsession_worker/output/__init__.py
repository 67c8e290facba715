"""Where writes go: each to the streams of the command that caused it."""
