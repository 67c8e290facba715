"""Builtins as they were before the user's code could replace them.

A module that binds `__builtins__` to this copy before it defines its functions is immune to `builtins.len = None`.
"""

from __future__ import annotations

import builtins as _builtins

builtins = dict(vars(_builtins))
