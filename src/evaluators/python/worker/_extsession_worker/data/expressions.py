"""Filters that the user writes as an expression: code of the user's, which runs because the user asks for it.

The library of the table evaluates it as far as it has a way of its own; otherwise Python does, row by row.
"""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..introspection import lookup
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any, Callable, Sequence

    from .sources import Source


_AT_ONCE = 10_000
ABSENT = object()  # there is nothing at this place
UNREADABLE = object()  # only somebody else's code knows the value


class ExpressionProblem(Exception):
    """The expression fails, or says nothing of rows; the text says why."""


def attempt(evaluate: Callable[[], Any], rows: int) -> Any:
    """For each row whether it passes, as an array, a series or a list. Raises ExpressionProblem."""
    try:
        found = evaluate()
        count = len(found)
    except (Exception, SystemExit) as error:  # of the user's
        raise ExpressionProblem(_told(error)) from None
    if count != rows:
        raise ExpressionProblem("ValueError: the expression has %d values for %d rows" % (count, rows))
    return found


def _told(error: BaseException) -> str:
    name = lookup.type_name(type(error))
    try:
        return "%s: %s" % (name, str(error)[:500])
    except Exception:  # of the error's own text
        return name


def of_python(text: str, namespace: dict[str, object], names: dict[str, object]) -> Any:
    """The value of an expression, with further names."""
    code = compile(text.strip(), "<filter>", "eval")
    return eval(code, {**lookup.names_only(namespace), **names})


def of_rows(source: Source, text: str) -> list[bool]:
    """Row by row: the columns are variables, None where there is nothing, and `row` is the number of the row."""
    text = text.strip()
    mentioned = {*_names(compile(text, "<filter>", "eval")), "row"}
    columns = {source.head(column)[0]: column for column in range(source.columns)}
    names = [name for name in columns if name in mentioned and name != "row"]
    # A function is several times faster than the expression with other names each time.
    function = compile("lambda %s: (%s\n)" % (", ".join([*names, "row"]), text), "<filter>", "eval")
    passes: Callable[..., object] = eval(function, lookup.names_only(source.namespace))
    found: list[bool] = []
    for start in range(0, source.rows, _AT_ONCE):
        rows = range(start, min(start + _AT_ONCE, source.rows))
        blocks = [_known(source.block(columns[name], rows.start, rows.stop)) for name in names]
        found += map(bool, map(passes, *blocks, rows))
    return found


def _known(values: Sequence[object]) -> list[object]:
    return [None if value is ABSENT or value is UNREADABLE else value for value in values]


def _names(code: Any) -> list[str]:
    """Those that are looked up, also by lambdas and comprehensions."""
    inner = [one for one in code.co_consts if type(one) is type(code)]
    return [*code.co_names, *(name for one in inner for name in _names(one))]


def of_pandas(frame: Any, text: str, namespace: dict[str, object]) -> Any:
    """As `query` of pandas has it."""
    found = frame.eval(text.strip(), global_dict=lookup.names_only(namespace), local_dict={})
    if not hasattr(found, "to_numpy") or len(found.shape) != 1:
        raise TypeError("the expression gives no truth value for each row")
    if found.dtype.kind != "b" and str(found.dtype) not in ("bool[pyarrow]", "object"):
        raise TypeError("the expression gives %s, not a truth value, for each row" % found.dtype)
    return found.to_numpy(dtype=bool, na_value=False)


def of_polars(frame: Any, text: str, namespace: dict[str, object]) -> Any:
    polars = sys.modules["polars"]
    found = of_python(text, namespace, {} if "pl" in namespace else {"pl": polars})
    series = frame.select(found).to_series(0)
    if series.dtype != polars.__dict__["Boolean"]:
        raise TypeError("the expression gives %s, not a truth value, for each row" % series.dtype)
    return series.fill_null(False)


def of_numpy(text: str, namespace: dict[str, object], names: dict[str, object]) -> Any:
    found = of_python(text, namespace, names)
    if hasattr(found, "filled"):  # masked, which passes nothing
        found = found.filled(False)
    found = sys.modules["numpy"].__dict__["asarray"](found)
    if found.dtype.kind != "b" or len(found.shape) != 1:
        raise TypeError("the expression gives no truth value for each row")
    return found
