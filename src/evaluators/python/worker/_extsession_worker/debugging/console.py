"""The debug console and the watched expressions."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any


def answer_always() -> None:
    """pydevd gives no answer, so that VS Code waits forever, where `exit()` or a cancelled task raises."""
    variables: Any = sys.modules["_pydevd_bundle.pydevd_vars"]
    plain = variables.evaluate_expression

    def evaluate_expression(debugger: Any, frame: Any, expression: str, is_exec: bool) -> object:
        try:
            return plain(debugger, frame, expression, is_exec)
        except (Exception, KeyboardInterrupt):
            raise
        except BaseException as error:
            kind, trace = type(error), error.__traceback__
            if not is_exec:
                return variables.ExceptionOnEvaluate(error, kind, trace)
            told = type(kind.__name__, (Exception,), {"__module__": kind.__module__})
            raise told(*error.args).with_traceback(trace) from None

    variables.evaluate_expression = evaluate_expression
