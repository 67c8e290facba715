"""Magics of the process and its Python: its folder, its variables, how it shows numbers."""

from __future__ import annotations

import os
import re
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display, representations
from .call import UsageError

if TYPE_CHECKING:
    from typing import Any

    from .call import MagicCall

_before = [""]  # the folder before the last %cd


def cd(call: MagicCall) -> None:
    """%cd FOLDER; %cd - goes back, %cd alone goes home."""
    target = call.expanded().strip("'\"") or "~"
    here = os.getcwd()
    os.chdir(_before[0] or here if target == "-" else os.path.expanduser(target))
    _before[0] = here
    print(os.getcwd())


def pwd(_call: MagicCall) -> str:
    return os.getcwd()


def env(call: MagicCall) -> object:
    """%env: all variables; %env NAME: one; %env NAME=VALUE or NAME VALUE: sets it."""
    text = call.expanded()
    if not text:
        return dict(os.environ)
    name, separator, value = text.partition("=" if "=" in text else " ")
    name = name.strip()
    if not separator:
        if name not in os.environ:
            raise UsageError("Environment does not have key: %s" % name)
        return os.environ[name]
    os.environ[name] = value.strip()
    print("env: %s=%s" % (name, value.strip()))
    return None


def matplotlib(_call: MagicCall) -> None:
    """%matplotlib: figures are shown in place already, whatever backend is named."""


def precision(call: MagicCall) -> str:
    """%precision DIGITS or FORMAT: of numbers that are shown, and in NumPy's arrays; without either, as at first."""
    text = call.expanded()
    shape = text if "%" in text or not text else "%%.%sf" % text
    try:
        valid = not shape or ((text.isdigit() or "%" in text) and bool(shape % 3.14))
    except (TypeError, ValueError):
        valid = False
    if not valid:
        raise UsageError("%%precision takes a number of digits or a format such as %%.3e, not %r." % text)
    if shape:
        display.plain.discard(id(float))
        representations.formatters[float] = lambda value: {"text/plain": shape % value}
    else:
        display.plain.add(id(float))
        representations.formatters.pop(float, None)
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None:
        digits = re.search("[0-9]+", shape)
        numpy.set_printoptions(precision=int(digits.group()) if digits else 8, suppress=bool(shape))
    return shape or "%r"
