"""What values of well-known libraries hold, read by the libraries' own cheap accessors.

Only instances of precisely the libraries' own classes are read: a subclass could bring code of the user's.
"""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup, pandas_arrays, summary

if TYPE_CHECKING:
    from typing import Any, Callable, Optional, Tuple

    # A part of a value: its label, the code that leads from the value to it or None, and itself.
    Part = Tuple[str, Optional[str], object]
    Reader = Callable[[Any, int], Part]

_PLAIN_DTYPES = frozenset("biufcmMSU")  # all but objects and records, which may hold anything
_SUMMARY_ITEMS = 8
_LARGEST_ITEM = 1000  # in bytes
_NAMES = 6


SPARSE = tuple(
    kind + suffix for kind in ("csr", "csc", "coo", "bsr", "dia", "dok", "lil") for suffix in ("_matrix", "_array")
)
PANDAS_INDEXES = (
    "Index",
    "RangeIndex",
    "DatetimeIndex",
    "TimedeltaIndex",
    "PeriodIndex",
    "IntervalIndex",
    "CategoricalIndex",
    "MultiIndex",
)
_CLASSES = (
    ("numpy", "ndarray"),
    ("numpy", "generic"),
    ("torch", "Tensor"),
    ("torch.nn", "Parameter"),
    ("pandas", "DataFrame"),
    ("pandas", "Series"),
    ("polars", "DataFrame"),
    ("polars", "Series"),
    *(("pandas", name) for name in (*PANDAS_INDEXES, "Timestamp", "Timedelta")),
    *(("pandas.api.typing", name) for name in ("NaTType", "NAType")),
    *(("pyarrow", name) for name in ("Table", "RecordBatch", "ChunkedArray", "Array", "DataType")),
    ("xarray", "DataArray"),
    ("xarray", "Dataset"),
    *(("scipy.sparse", name) for name in SPARSE),
)
_ARRAY = "pyarrow.Array"
_ARROW_ARRAYS = (_ARRAY, "pyarrow.ChunkedArray")
_ARROW_TABLES = ("pyarrow.Table", "pyarrow.RecordBatch")
_INDEXES = tuple("pandas." + name for name in PANDAS_INDEXES)
_WORDS = {"pandas.api.typing.NaTType": "NaT", "pandas.api.typing.NAType": "<NA>"}
_names: dict[int, str] = {}  # of the classes by their identity: to compare a class could run its metaclass


def find() -> None:
    """Looks for the libraries that have been imported by now."""
    global _names
    found: dict[int, str] = {}
    for module_name, name in _CLASSES:
        module = sys.modules.get(module_name)
        known = module.__dict__.get(name) if type(module) is lookup.Module else None
        if lookup.is_class(known):
            found[id(known)] = module_name + "." + name
    _names = found  # in one step: two threads look things up here


def _name(value: object) -> str:
    """Which class it is precisely an instance of; empty for all others. Arrow's arrays have a class for each type."""
    kind = lookup.type_of(value)
    name = _names.get(id(kind), "")
    if name == "" and "pyarrow.lib" in sys.modules and lookup.is_found_in("pyarrow.lib", kind):
        return next((_ARRAY for base in lookup.mro(kind) if _names.get(id(base)) == _ARRAY), "")
    return name


def _is_own_series(value: Any, name: str) -> bool:
    """A series whose values are pandas' or NumPy's own."""
    return name == "pandas.Series" and pandas_arrays.foreign(value) == {}


def _is_own_index(value: Any, name: str) -> bool:
    return name in _INDEXES and pandas_arrays.is_own_axis(value)


def _is_frame(value: Any, name: str) -> bool:
    """A frame of pandas whose axes are no arrays of somebody else's."""
    return name == "pandas.DataFrame" and pandas_arrays.foreign(value) is not None


def shape(value: Any) -> tuple[int, ...] | None:
    """Rows first; None for what is no array or table of these libraries."""
    name = _name(value)
    if name in (
        "numpy.ndarray",
        "torch.Tensor",
        "torch.nn.Parameter",
        "polars.DataFrame",
        "polars.Series",
    ):
        return tuple(value.shape)
    if _is_frame(value, name):
        return tuple(value.shape)
    if name in _ARROW_TABLES:
        return value.num_rows, value.num_columns
    if name in _ARROW_ARRAYS or _is_own_index(value, name):
        return (len(value),)
    if name.startswith("scipy.sparse."):
        return tuple(value.shape)
    if name == "xarray.DataArray":
        return getattr(data_of(value), "shape", None)
    return value.shape if _is_own_series(value, name) else None


def is_arrow_array(value: object) -> bool:
    return _name(value) in _ARROW_ARRAYS


def is_pandas_array(value: object) -> bool:
    """Whether it is an array that pandas itself keeps in a column."""
    pandas = sys.modules.get("pandas.api.extensions")
    if type(pandas) is not lookup.Module or not pandas_arrays.is_own(value):
        return False
    base: Any = lookup.own_attributes(pandas).get("ExtensionArray")
    return any(kind is base for kind in lookup.mro(lookup.type_of(value)))


def data_of(value: Any) -> Any:
    """The array of NumPy that a DataArray of xarray holds; None for others, which may be computed first."""
    data: object = getattr(value.variable, "_data", None)
    return data if _name(data) == "numpy.ndarray" else None


def size_in_memory(value: Any) -> int | None:
    """In bytes, without what objects within it take."""
    name = _name(value)
    if name == "numpy.ndarray" or name in _ARROW_TABLES or name in _ARROW_ARRAYS:
        return int(value.nbytes)
    if name in ("torch.Tensor", "torch.nn.Parameter"):
        return int(value.numel() * value.element_size())
    if name in ("polars.DataFrame", "polars.Series"):
        return int(value.estimated_size())
    return pandas_arrays.bytes_of(value) if name in ("pandas.DataFrame", "pandas.Series") else None


def summarize(value: Any) -> str | None:
    """The first elements or the names of the columns."""
    name = _name(value)
    if name == "numpy.ndarray" and value.ndim == 1 and _is_short(value.dtype):
        shown = [str(one) for one in value[:_SUMMARY_ITEMS]]
        return "[%s%s]" % (" ".join(shown), " …" if len(value) > _SUMMARY_ITEMS else "")
    if _is_frame(value, name):
        return _list_of(list(value.columns[: _NAMES + 1]))
    if name == "polars.DataFrame":
        return _list_of(value.columns[: _NAMES + 1])
    if name in _ARROW_TABLES:
        return _list_of(value.schema.names[: _NAMES + 1])
    if name in ("pandas.Timestamp", "pandas.Timedelta"):
        zones = [lookup.own_attributes(base).get("tzinfo") for base in lookup.mro(lookup.type_of(value))]
        return str(value) if all(summary.has_plain_zone(value, each) for each in zones) else None
    if name == "torch.Tensor" and value.dim() == 0 and value.device.type == "cpu":
        return str(value.item())
    if name in _WORDS:
        return _WORDS[name]
    return str(value) if is_plain_scalar(value) and _is_short(value.dtype) else None


def _is_short(dtype: Any) -> bool:
    return dtype.kind in _PLAIN_DTYPES and dtype.itemsize <= _LARGEST_ITEM


def _list_of(names: list[Any]) -> str:
    shown = [name if type(name) is str else "…" for name in names[:_NAMES]]
    return ", ".join(shown) + (", …" if len(names) > _NAMES else "")


def is_plain_scalar(value: object) -> bool:
    """A number, date or text of NumPy's."""
    if not _names or not any(_names.get(id(kind)) == "numpy.generic" for kind in lookup.mro(type(value))):
        return False
    scalar: Any = value
    return lookup.is_found_in("numpy", type(value)) and scalar.dtype.kind in _PLAIN_DTYPES


def plain_items(value: Any, most: int) -> tuple[object, str] | None:
    """The items of an array of NumPy as lists of builtin values, and its type; None where that is not exact."""
    if _name(value) != "numpy.ndarray" or value.size > most:
        return None
    dtype = value.dtype
    is_long = dtype.kind in "fc" and dtype.itemsize > (8 if dtype.kind == "f" else 16)
    return (value.tolist(), str(dtype)) if dtype.kind in "biufcSU" and not is_long else None


def parts(value: Any) -> tuple[int, Reader] | None:
    """How many elements along the first axis, or columns, there are, and how to read one of them."""
    name = _name(value)
    if name == "xarray.Dataset":
        return len(value.variables), _xarray_variable
    if name in ("numpy.ndarray", "torch.Tensor", "torch.nn.Parameter"):
        return (int(value.shape[0]), _element) if len(value.shape) > 0 else None
    if _is_frame(value, name):
        return value.shape[1], _pandas_column
    if name == "polars.DataFrame":
        return value.width, _polars_column
    if name == "polars.Series":
        return len(value), _element
    if name in _ARROW_TABLES:
        return value.num_columns, _arrow_column
    if name in _ARROW_ARRAYS:
        return len(value), _arrow_element
    if _is_own_index(value, name):
        return len(value), _element
    if name in _WORDS:
        return 0, _element
    return (len(value), _pandas_element) if _is_own_series(value, name) else None


def _element(value: Any, at: int) -> Part:
    return "[%d]" % at, "[%d]" % at, value[at]


def _xarray_variable(value: Any, at: int) -> Part:
    name = list(value.variables)[at]
    is_text = type(name) is str
    return name if is_text else "[%d]" % at, "[%r]" % name if is_text else None, value[name]


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
    if _name(value.type) != "pyarrow.DataType":  # a type with others in it, which may be the user's
        return "[%d]" % at, "[%d]" % at, value[at]
    return "[%d]" % at, "[%d].as_py()" % at, value[at].as_py()
