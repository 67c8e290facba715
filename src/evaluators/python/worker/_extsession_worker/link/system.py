"""What differs between operating systems: how the host is reached, what a command writes to, and how all of it ends."""

from __future__ import annotations

import os

if os.name == "nt":
    from .windows import (
        HAS_SIGNALS,
        connect,
        drain,
        end_group,
        interrupt_group,
        make_pairs,
        prepare_process,
        tell_ending,
        text_file,
    )
else:
    from .posix import (
        HAS_SIGNALS,
        connect,
        drain,
        end_group,
        interrupt_group,
        make_pairs,
        prepare_process,
        tell_ending,
        text_file,
    )

__all__ = [
    "HAS_SIGNALS",
    "connect",
    "drain",
    "end_group",
    "interrupt_group",
    "make_pairs",
    "prepare_process",
    "tell_ending",
    "text_file",
]
