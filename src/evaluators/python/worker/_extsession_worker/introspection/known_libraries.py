"""What values of well-known libraries hold, read by the libraries' own cheap accessors.

Only instances of precisely the libraries' own classes are read: a subclass could bring code of the user's.
"""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup, pandas_arrays, xarray_arrays

if TYPE_CHECKING:
    from typing import Any, Callable, Optional, Tuple

    # A part of a value: its label, the code that leads from the value to it or None, and itself.
    Part = Tuple[str, Optional[str], object]
    Reader = Callable[[Any, int], Part]

PLAIN_DTYPES = frozenset("biufcmMSU")  # all but objects and records, which may hold anything
LARGEST_ITEM = 1000  # in bytes


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
    *(("numpy", name) for name in ("recarray", "matrix")),
    *(("numpy", name) for name in ("void", "record")),
    ("numpy.ma", "MaskedArray"),
    ("numpy.ma.core", "MaskedConstant"),
    ("pyarrow", "Schema"),
    *(("xarray", name) for name in ("DataArray", "Dataset", "Variable", "IndexVariable")),
    *(("scipy.sparse", name) for name in SPARSE),
)
XARRAY = ("xarray.DataArray", "xarray.Variable", "xarray.IndexVariable")
MASKED = "numpy.ma.MaskedArray"
MORE_ARRAYS = ("numpy.recarray", "numpy.matrix", MASKED)
_ARRAY = "pyarrow.Array"
ARROW_ARRAYS = (_ARRAY, "pyarrow.ChunkedArray")
ARROW_TABLES = ("pyarrow.Table", "pyarrow.RecordBatch")
INDEXES = tuple("pandas." + name for name in PANDAS_INDEXES)
RECORDS = ("numpy.void", "numpy.record")
WORDS = {
    "numpy.ma.core.MaskedConstant": "masked",
    "pandas.api.typing.NaTType": "NaT",
    "pandas.api.typing.NAType": "<NA>",
}
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


def class_name(value: object) -> str:
    """Which class it is precisely an instance of; empty for all others. Arrow's arrays have a class for each type."""
    kind = lookup.type_of(value)
    name = _names.get(id(kind), "")
    if name == "" and "pyarrow.lib" in sys.modules and lookup.is_found_in("pyarrow.lib", kind):
        return next((_ARRAY for base in lookup.mro(kind) if _names.get(id(base)) == _ARRAY), "")
    return name


def is_own_series(value: Any, name: str) -> bool:
    """A series whose values are pandas' or NumPy's own."""
    return name == "pandas.Series" and pandas_arrays.foreign(value) == {}


def is_own_index(value: Any, name: str) -> bool:
    return name in INDEXES and pandas_arrays.is_own_axis(value)


def is_frame(value: Any, name: str) -> bool:
    """A frame of pandas whose axes are no arrays of somebody else's."""
    return name == "pandas.DataFrame" and pandas_arrays.foreign(value) is not None


def shape(value: Any) -> tuple[int, ...] | None:
    """Rows first; None for what is no array or table of these libraries."""
    name = class_name(value)
    if name in (
        "numpy.ndarray",
        "torch.Tensor",
        "torch.nn.Parameter",
        "polars.DataFrame",
        "polars.Series",
    ):
        return tuple(value.shape)
    if is_frame(value, name):
        return tuple(value.shape)
    if name in ARROW_TABLES:
        return value.num_rows, value.num_columns
    if name in ARROW_ARRAYS or is_own_index(value, name):
        return (len(value),)
    if name.startswith("scipy.sparse."):
        return tuple(value.shape)
    if name in XARRAY:
        return xarray_arrays.shape(value)
    if name in MORE_ARRAYS:
        return tuple(plain_view(value).shape)
    if is_pandas_array(value):
        return (len(value),)
    return value.shape if is_own_series(value, name) else None


def is_arrow_array(value: object) -> bool:
    return class_name(value) in ARROW_ARRAYS


def is_pandas_array(value: object) -> bool:
    """Whether it is an array that pandas itself keeps in a column."""
    base = lookup.found_in("pandas.api.extensions", "ExtensionArray")
    if base is None or not pandas_arrays.is_own(value):
        return False
    return any(kind is base for kind in lookup.mro(lookup.type_of(value)))


def size_in_memory(value: Any) -> int | None:
    """In bytes, without what objects within it take."""
    name = class_name(value)
    if name == "numpy.ndarray" or name in ARROW_TABLES or name in ARROW_ARRAYS:
        return int(value.nbytes)
    if name in MORE_ARRAYS:
        return int(plain_view(value).nbytes)
    if name in ("torch.Tensor", "torch.nn.Parameter"):
        return int(value.numel() * value.element_size())
    if name in ("polars.DataFrame", "polars.Series"):
        return int(value.estimated_size())
    return pandas_arrays.bytes_of(value) if name in ("pandas.DataFrame", "pandas.Series") else None


def is_plain_scalar(value: object) -> bool:
    """A number, date or text of NumPy's."""
    if not _names or not any(_names.get(id(kind)) == "numpy.generic" for kind in lookup.mro(type(value))):
        return False
    scalar: Any = value
    return lookup.is_found_in("numpy", type(value)) and scalar.dtype.kind in PLAIN_DTYPES


def plain_items(value: Any, most: int) -> tuple[object, str] | None:
    """The items of an array of NumPy as lists of builtin values, and its type; None where that is not exact."""
    if class_name(value) != "numpy.ndarray" or value.size > most:
        return None
    dtype = value.dtype
    is_long = dtype.kind in "fc" and dtype.itemsize > (8 if dtype.kind == "f" else 16)
    return (value.tolist(), str(dtype)) if dtype.kind in "biufcSU" and not is_long else None


def plain_view(value: Any) -> Any:
    array = sys.modules["numpy"].__dict__["ndarray"]
    return array.view(value, array)


def is_short(dtype: Any) -> bool:
    return dtype.kind in PLAIN_DTYPES and is_small(dtype)


def is_small(dtype: Any) -> bool:
    return dtype.itemsize <= LARGEST_ITEM
