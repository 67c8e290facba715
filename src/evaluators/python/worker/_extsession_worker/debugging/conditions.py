"""Conditions of breakpoints: those that fail are told, and those of exceptions name classes of the session, too."""

from __future__ import annotations

import builtins
import sys
from os.path import basename

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def tell_failures(debugger: Any) -> None:
    """A condition that fails is told once, where pydevd tells each time, and nothing of a name that does not exist."""
    told: list[object] = []

    def is_met(_info: object, breakpoint: Any, frame: Any) -> object:
        try:
            if breakpoint.handle_hit_condition(frame):
                return True
            return breakpoint.condition and eval(breakpoint.condition, frame.f_globals, frame.f_locals)
        except Exception as error:
            if breakpoint not in told:
                told.append(breakpoint)
                place = "%s:%s" % (basename(frame.f_code.co_filename), frame.f_lineno)
                text = "The condition of the breakpoint at %s has failed, so it does not stop. %s: %s\n"
                message = text % (place, type(error).__name__, error)
                debugger.writer.add_command(debugger.cmd_factory.make_warning_message(message))
            return False

    debugger.handle_breakpoint_condition = is_met


def find_exception_classes(breakpoints: Any, namespace: dict[str, object]) -> Callable[[], None]:
    """Changes pydevd's module, which would import what is named. Returns a function that restores it."""
    plain = breakpoints.get_exception_class

    def find(name: str) -> object:
        first, *attributes = name.split(".")
        found: Any = namespace.get(first, getattr(builtins, first, sys.modules.get(first)))
        for attribute in attributes:
            found = getattr(found, attribute, None)
        return found if isinstance(found, type) and issubclass(found, BaseException) else None

    def restore() -> None:
        breakpoints.get_exception_class = plain

    breakpoints.get_exception_class = find
    return restore
