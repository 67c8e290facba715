"""What a command costs: time of processors, memory and bytes, children that have ended included.

A round trip pays for `times` alone: what takes longer to ask is asked after commands that were not short. Of those that
were, the next one that is not has the memory and the bytes, which are few.
"""

from __future__ import annotations

import os
from os import O_RDONLY, close, read, times
from os import open as open_fd

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from ..link.messages import Usage

_LONG = 0.1  # in seconds: what a command needs at least for its usage to be told
_SHORT = 0.01  # as exact as `times` is
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Meter:
    def __init__(self) -> None:
        self._times = times()
        self._counts: dict[str, int] = {}

    def begin(self) -> None:
        self._times = times()

    def end(self) -> Usage | None:
        """What was used since `begin`; None for a short command. What the system does not tell is missing."""
        before, now = self._times, times()
        elapsed = now.elapsed - before.elapsed
        if elapsed < _LONG:
            if elapsed > _SHORT:
                self.look()
            return None
        usage: Usage = {
            "userMs": round(1000 * (now.user - before.user + now.children_user - before.children_user)),
            "systemMs": round(1000 * (now.system - before.system + now.children_system - before.children_system)),
        }
        counts = self._counts
        self.look()
        if self._counts.get("peak", 0) > counts.get("peak", 0) > 0:
            usage["peakBytes"] = self._counts["peak"]  # else an earlier command has had more
        if "memory" in counts and "memory" in self._counts:
            usage["growthBytes"] = self._counts["memory"] - counts["memory"]
        if "read" in counts and "read" in self._counts:
            usage["readBytes"] = max(0, self._counts["read"] - counts["read"])
            usage["writtenBytes"] = max(0, self._counts["written"] - counts["written"])
        return usage

    def look(self) -> None:
        """Where the next command starts from."""
        self._counts = {**_memory(), **_bytes(), **_peak()}


def _text(path: str) -> str:
    try:
        descriptor = open_fd(path, O_RDONLY)
    except OSError:  # no Linux
        return ""
    try:
        return read(descriptor, 1 << 13).decode("ascii", "replace")
    except OSError:
        return ""
    finally:
        close(descriptor)


def _memory() -> dict[str, int]:
    fields = _text("/proc/self/statm").split()
    return {"memory": int(fields[1]) * _PAGE} if len(fields) > 1 else {}


def _bytes() -> dict[str, int]:
    fields = dict(line.split(": ", 1) for line in _text("/proc/self/io").splitlines() if ": " in line)
    if "rchar" not in fields or "wchar" not in fields:
        return {}
    return {"read": int(fields["rchar"]), "written": int(fields["wchar"])}


def _peak() -> dict[str, int]:
    """The most memory since the process began: setting it back would change what user code measures."""
    for line in _text("/proc/self/status").splitlines():
        if line.startswith("VmHWM:"):
            return {"peak": int(line.split()[1]) * 1024}
    return {}
