"""The CPU time, memory and bytes that a command uses, including child processes that have ended.

Only the clocks are read for every command. The rest takes longer, and is read after commands that are not short: the
memory and bytes of a short command count towards the next one that is not.
"""

from __future__ import annotations

from os import O_RDONLY, close, read, times
from os import open as open_fd
from time import monotonic

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from ..link.messages import Usage

_LONG = 0.1  # in seconds, from which on the host is told
_SHORT = 0.01  # in seconds: the resolution of `times`


class Meter:
    def __init__(self) -> None:
        self.begin()
        self._counts: dict[str, int] = {}

    def begin(self) -> None:
        self._began, self._times = monotonic(), times()

    def end(self) -> Usage | None:
        """What was used since `begin`; None for a short command. What the system does not tell is missing."""
        elapsed = monotonic() - self._began
        if elapsed < _LONG:
            if elapsed > _SHORT:
                self.look()
            return None
        before, now = self._times, times()
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
        """Reads what the next command starts from."""
        self._counts = {**_memory(), **_bytes()}


def _fields(path: str) -> dict[str, int]:
    """The numbers in a file with lines such as `name: 12 kB`. Empty if there is no such file, as on macOS."""
    try:
        descriptor = open_fd(path, O_RDONLY)
    except OSError:
        return {}
    try:
        text = read(descriptor, 1 << 13).decode("ascii", "replace")
    except OSError:
        return {}
    finally:
        close(descriptor)
    words = [line.replace(":", " ").split() for line in text.splitlines()]
    return {each[0]: int(each[1]) for each in words if len(each) > 1 and each[1].isdigit()}


def _memory() -> dict[str, int]:
    """`peak` is the most since the process began: resetting it would change what user code measures."""
    fields = _fields("/proc/self/status")
    names = {"memory": "VmRSS", "peak": "VmHWM"}
    return {key: fields[name] * 1024 for key, name in names.items() if name in fields}


def _bytes() -> dict[str, int]:
    fields = _fields("/proc/self/io")
    if "rchar" not in fields or "wchar" not in fields:
        return {}
    return {"read": fields["rchar"], "written": fields["wchar"]}
