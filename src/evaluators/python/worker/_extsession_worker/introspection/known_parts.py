"""What values of well-known libraries consist of: elements along the first axis, columns or variables."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import pandas_arrays, xarray_arrays
from .known_libraries import (
    ARROW_ARRAYS,
    ARROW_TABLES,
    MASKED,
    MORE_ARRAYS,
    RECORDS,
    WORDS,
    XARRAY,
    class_name,
    is_frame,
    is_own_index,
    is_own_series,
    is_pandas_array,
    plain_view,
)
from .zones import is_known_zone

if TYPE_CHECKING:
    from typing import Any, Callable, Optional, Tuple

    # A part of a value: its label, the code that leads from the value to it or None, and itself.
    Part = Tuple[str, Optional[str], object]
    Reader = Callable[[Any, int], Part]


def parts(value: Any) -> tuple[int, Reader] | None:
    """How many elements along the first axis, or columns, there are, and how to read one of them."""
    name = class_name(value)
    if name == "xarray.Dataset":
        return xarray_arrays.parts_of_dataset(value)
    if name in XARRAY:
        return xarray_arrays.parts(value)
    if name in RECORDS:
        return len(value.dtype.names or ()), _field
    if name in MORE_ARRAYS:
        shape = plain_view(value).shape
        return (shape[0], _row) if shape else None
    if is_pandas_array(value):
        return (len(value), _element) if _has_known_zone(value) else (0, _element)
    if name in ("numpy.ndarray", "torch.Tensor", "torch.nn.Parameter"):
        return (int(value.shape[0]), _element) if len(value.shape) > 0 else None
    if is_frame(value, name):
        return value.shape[1], _pandas_column
    if name == "polars.DataFrame":
        return value.width, _polars_column
    if name == "polars.Series":
        return len(value), _element
    if name in ARROW_TABLES:
        return value.num_columns, _arrow_column
    if name in ARROW_ARRAYS:
        return len(value), _arrow_element
    if is_own_index(value, name):
        return (len(value), _element) if _has_known_zone(value) else None
    if name in WORDS:
        return 0, _element
    return (len(value), _pandas_element) if is_own_series(value, name) and _has_known_zone(value) else None


def _has_known_zone(value: Any) -> bool:
    """A time in a zone of the user's would be asked for by their code."""
    return is_known_zone(getattr(value.dtype, "tz", None))


def _field(value: Any, at: int) -> Part:
    name = value.dtype.names[at]
    void = sys.modules["numpy"].__dict__["void"]  # `numpy.record` asks what the value is an instance of
    return name, "[%r]" % name, void.__getitem__(value, name)


def _row(value: Any, at: int) -> Part:
    """Read as of a plain array: a row of a matrix has itself as a part, and masked data can be of the user's class."""
    row = plain_view(value)[at]
    if class_name(value) == MASKED:
        masks = sys.modules["numpy"].__dict__["ma"]
        mask = value.mask[at] if value.mask.shape else value.mask
        if len(value.shape) > 1:
            row = masks.MaskedArray(row, mask)
        elif mask.dtype.names is None and mask:
            row = masks.masked
    return "[%d]" % at, "[%d]" % at, row


def _element(value: Any, at: int) -> Part:
    return "[%d]" % at, "[%d]" % at, value[at]


def _pandas_column(value: Any, at: int) -> Part:
    name = value.columns[at]
    text = name if type(name) is str else "[%d]" % at
    is_only = type(name) is str and _are_texts(value.columns) and value.columns.is_unique
    code = "[%r]" % name if is_only else ".iloc[:, %d]" % at
    foreign = pandas_arrays.foreign(value) or {}
    return text, code, foreign[at] if at in foreign else value.iloc[:, at]


def _are_texts(names: Any) -> bool:
    """Whether they are compared without code of the user's."""
    return str(names.dtype) != "object" or all(type(name) is str for name in list(names))


def _pandas_element(value: Any, at: int) -> Part:
    return "[%d]" % at, ".iloc[%d]" % at, value.iat[at]


def _polars_column(value: Any, at: int) -> Part:
    name = value.columns[at]
    return name, "[%r]" % name, value.to_series(at)


def _arrow_column(value: Any, at: int) -> Part:
    return value.schema.names[at], ".column(%d)" % at, value.column(at)


def _arrow_element(value: Any, at: int) -> Part:
    if class_name(value.type) != "pyarrow.DataType":  # a type with others in it, which may be the user's
        return "[%d]" % at, "[%d]" % at, value[at]
    return "[%d]" % at, "[%d].as_py()" % at, value[at].as_py()
