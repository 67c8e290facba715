"""Removes what sessions have left whose owner was killed, and everybody else who would have cleaned up."""

from __future__ import annotations

import os

from .process import start_time

_PREFIX = "extsession-"
_LONGEST_OWNER = 100
_FOR_ITS_USER = 0o700


def remove_stale(parent: str) -> None:
    try:
        names = os.listdir(parent)
    except OSError:
        return
    for name in names:
        path = parent + "/" + name
        if name.startswith(_PREFIX) and _is_stale(path):
            from shutil import rmtree

            rmtree(path, ignore_errors=True)


def _is_stale(path: str) -> bool:
    try:
        found = os.lstat(path)
        if found.st_uid != os.getuid() or found.st_mode & 0o777 != _FOR_ITS_USER:
            return False
        with open(path + "/owner", "rb", buffering=0) as file:
            pid, _, start = file.read(_LONGEST_OWNER).decode("ascii").strip().partition(" ")
        return _is_gone(int(pid), start)
    except (OSError, ValueError):
        return False  # it has just been removed, or is not a session's


def _is_gone(pid: int, start: str) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    now = start_time(pid)
    return bool(start and now and now != start)
