"""Reads a descriptor without waiting."""

from __future__ import annotations

import os


def read_some(descriptor: int, size: int = 1 << 16) -> bytes | None:
    """None when there is nothing now; empty at the end."""
    try:
        return os.read(descriptor, size)
    except BlockingIOError:
        return None
    except OSError:
        return b""
