"""What arrays and data sets of xarray consist of: their values, coordinates and attributes."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup, pandas_arrays

if TYPE_CHECKING:
    from typing import Any

    from .known_parts import Part, Reader

_INDEXED = ("PandasIndexingAdapter", "PandasMultiIndexingAdapter")


def data_of(value: Any) -> Any:
    """The array of NumPy that it holds; None for others, which may be computed first."""
    data: object = getattr(_variable(value), "_data", None)
    return data if lookup.type_of(data) is lookup.found_in("numpy", "ndarray") else None


def shape(value: Any) -> tuple[int, ...] | None:
    data, index = data_of(value), _index_of(value)
    if data is not None:
        return tuple(data.shape)
    return None if index is None else (len(index),)


def names(value: Any) -> list[Any]:
    """Of its dimensions, or of the variables of a data set."""
    return list(value.data_vars if hasattr(value, "data_vars") else _variable(value).dims)


def parts(value: Any) -> tuple[int, Reader]:
    """Of an array or a variable."""
    found: list[Part] = []
    data, index, variable = data_of(value), _index_of(value), _variable(value)
    if data is not None:
        found.append(("values", ".values", data))
    elif index is not None:
        found.append(("values", ".to_index()", index))
    coordinates: Any = value.coords if variable is not value else {}
    found += [_named(name, ".coords", coordinates[name]) for name in coordinates if index is None]
    found.append(("dims", ".dims", variable.dims))
    found += _attributes(variable)
    return len(found), lambda _value, at: found[at]


def parts_of_dataset(value: Any) -> tuple[int, Reader]:
    names = list(value.variables)
    attributes = _attributes(value)

    def read(value: Any, at: int) -> Part:
        return _named(names[at], "", value[names[at]]) if at < len(names) else attributes[at - len(names)]

    return len(names) + len(attributes), read


def _named(name: object, code: str, one: object) -> Part:
    return (name, "%s[%r]" % (code, name), one) if type(name) is str else ("<%s>" % type(name).__name__, None, one)


def _attributes(value: Any) -> list[Part]:
    held: object = getattr(value, "_attrs", None)
    return [("attrs", ".attrs", held)] if lookup.is_dict(held) and held else []


def _variable(value: Any) -> Any:
    return getattr(value, "variable", value)


def _index_of(value: Any) -> Any:
    """The index of pandas whose labels a coordinate holds."""
    data: Any = getattr(_variable(value), "_data", None)
    kind = lookup.type_of(data)
    if kind.__name__ not in _INDEXED or not lookup.is_found_in("xarray.core.indexing", kind):
        return None
    return data.array if pandas_arrays.is_own_axis(data.array) else None
