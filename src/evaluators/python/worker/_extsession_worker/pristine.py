"""Builtins as they were before the user's code could replace them.

A module that binds `__builtins__` to this copy before it defines its functions is immune to `builtins.len = None`.
"""

from __future__ import annotations

import builtins as _builtins

from . import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_given: dict[str, Any] = globals()["__builtins__"]
builtins = dict(vars(_builtins)) if _given is _builtins.__dict__ else _given  # which `private_modules` has given
