"""What is new in the namespace since the host last asked, so that a large one is not told again after each command."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..commands import interrupts
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup

if TYPE_CHECKING:
    from typing import Callable

    from ..link.question_messages import AnswerParts, Variable, VariablesQuestion

    Describe = Callable[[str, object], Variable]

_sleep, _commands = interrupts.sleep, interrupts.state()
_MAX_VARIABLES = 5000
_AT_A_TIME = 150  # descriptions, about a millisecond; each pause costs the command a switch of threads
_SKIPPED_AT_A_TIME = 3000
# They never change, and to keep them keeps nothing else and no destructor back.
_CONSTANT = lookup.Kinds(bool, int, float, complex, str, type(None))
_LONGEST_CONSTANT = 200  # in bytes
_NO_CONSTANT = object()

# Of the last answer that can be continued: its request, and for each name its value, if it is a constant, and a hash of
# what was told.
_request = 0
_told: dict[str, tuple[object, int]] = {}


def answer(message: VariablesQuestion, namespace: dict[str, object], describe: Describe) -> AnswerParts:
    """All variables, or those that differ from what the answer to the request `since` told."""
    global _request, _told
    since = message.get("since")
    if since is None:
        return {"variables": _changed(namespace, describe, {}, {})}
    before = _told if since == _request else {}
    told: dict[str, tuple[object, int]] = {}
    reply: AnswerParts = {"variables": _changed(namespace, describe, before, told)}
    if before:
        reply["since"] = since
        reply["gone"] = [name for name in before if name not in told]
    _request, _told = message["request"], told
    return reply


def _changed(
    namespace: dict[str, object],
    describe: Describe,
    before: dict[str, tuple[object, int]],
    told: dict[str, tuple[object, int]],
) -> list[Variable]:
    """In the order of the namespace, without Python's own `__names__`. Adds to `told`."""
    changed: list[Variable] = []
    pause = 0
    for name, value in namespace.items():
        if name.startswith("__") and name.endswith("__"):
            continue
        known = before.get(name)
        if known is not None and known[0] is value:
            told[name] = known
            pause += _AT_A_TIME
        else:
            described = describe(name, value)
            mark = hash(tuple(described.items()))
            told[name] = (value if _is_constant(value) else _NO_CONSTANT, mark)
            if known is None or known[1] != mark:
                changed.append(described)
            pause += _SKIPPED_AT_A_TIME
        if len(told) == _MAX_VARIABLES:
            break
        if pause >= _AT_A_TIME * _SKIPPED_AT_A_TIME:
            pause = 0
            if _commands.listening:
                _sleep(0)  # the running command goes on in between
    return changed


def _is_constant(value: object) -> bool:
    kind = type(value)
    return kind in _CONSTANT and kind.__sizeof__(value) <= _LONGEST_CONSTANT
