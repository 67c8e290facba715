"""The brackets in which Python writes its containers."""

from __future__ import annotations

from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

BRACKETS = {
    id(kind): brackets  # a class hashed or compared may run its metaclass
    for kind, brackets in (
        (list, "[]"),
        (tuple, "()"),
        (set, "{}"),
        (frozenset, ("frozenset({", "})")),
        (dict, "{}"),
    )
}
