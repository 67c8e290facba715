"""Values of well-known libraries in a line of text: the first elements, or the names of what is in them."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import known_parts, lookup, summary, xarray_arrays
from .known_libraries import (
    ARROW_ARRAYS,
    ARROW_TABLES,
    INDEXES,
    MASKED,
    PLAIN_DTYPES,
    RECORDS,
    WORDS,
    XARRAY,
    class_name,
    is_frame,
    is_pandas_array,
    is_plain_scalar,
    is_short,
    is_small,
    size_in_memory,
)

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List

_NAMED: Dict[str, Callable[[Any], List[Any]]] = {
    "polars.DataFrame": lambda frame: frame.columns[: _NAMES + 1],
    "pyarrow.Schema": lambda schema: schema.names[: _NAMES + 1],
    **dict.fromkeys(ARROW_TABLES, lambda table: table.schema.names[: _NAMES + 1]),
    **dict.fromkeys((*XARRAY, "xarray.Dataset"), lambda held: xarray_arrays.names(held)[: _NAMES + 1]),
}
_SUMMARY_ITEMS = 8
_NAMES = 6
_WIDTH = 160
_LARGEST_ELEMENT = 10_000  # in bytes, on average; to read larger ones takes too long


def summarize(value: Any) -> str | None:
    name = class_name(value)
    if name.startswith("numpy."):
        return _of_numpy(value, name)
    if name in _NAMED:
        return _list_of(_NAMED[name](value))
    if is_frame(value, name):
        return _list_of(list(value.columns[: _NAMES + 1]))
    if name in ("pandas.Timestamp", "pandas.Timedelta"):
        zones = [lookup.own_attributes(base).get("tzinfo") for base in lookup.mro(lookup.type_of(value))]
        return str(value) if all(summary.has_plain_zone(value, each) for each in zones) else None
    if name == "torch.Tensor" and value.dim() == 0 and value.device.type == "cpu":
        return str(value.item())
    if name in WORDS:
        return WORDS[name]
    if is_plain_scalar(value):
        return str(value) if is_short(value.dtype) else None
    return _first_items(value, name) if _is_column(value, name) else None


def _of_numpy(value: Any, name: str) -> str | None:
    if name in WORDS:
        return WORDS[name]
    if name in RECORDS:
        fields = value.dtype.names or ()
        is_plain = len(fields) > 0 and all(value.dtype[one].kind in PLAIN_DTYPES for one in fields)
        return str(value) if is_plain and is_small(value.dtype) else None
    if name not in ("numpy.ndarray", MASKED) or not is_short(value.dtype):
        return None
    if value.ndim == 0:
        return str(value.item()) if name == "numpy.ndarray" else None
    if value.ndim > 1:
        return None
    total, read = known_parts.parts(value) or (0, None)
    items = [read(value, at)[2] for at in range(min(total, _SUMMARY_ITEMS))] if read else []
    return "[%s%s]" % (" ".join(map(str, items)), " …" if total > _SUMMARY_ITEMS else "")


def _is_column(value: object, name: str) -> bool:
    is_named = name in ("pandas.Series", "polars.Series") or name in ARROW_ARRAYS or name in INDEXES
    return is_named or is_pandas_array(value)


def _first_items(value: Any, name: str) -> str | None:
    """Of what has one dimension."""
    known, bytes_of_all = known_parts.parts(value), size_in_memory(value) or 0
    if known is None or known[0] == 0:
        return None
    total, read = known
    if bytes_of_all > total * _LARGEST_ELEMENT:
        return None
    texts = [_element(read(value, at)[2]) for at in range(min(total, _SUMMARY_ITEMS))]
    if all(one == "…" for one in texts):
        return None
    text = ", ".join(texts + ["…"] * (total > len(texts)))
    return "[%s]" % (text if len(text) < _WIDTH else text[:_WIDTH] + "…")


def _element(value: object) -> str:
    """Columns within columns could be large."""
    text = None if _is_column(value, class_name(value)) else summarize(value)
    return text or summary.summarize(value) or "…"


def _list_of(names: list[Any]) -> str:
    shown = [name if type(name) is str else "…" for name in names[:_NAMES]]
    return ", ".join(shown) + (", …" if len(names) > _NAMES else "")
