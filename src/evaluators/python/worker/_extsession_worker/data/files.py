"""Files as tables, read by a library of the session: one that is imported already, else one that can be."""

from __future__ import annotations

import sys
from importlib import import_module

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import large_files

if TYPE_CHECKING:
    from typing import Any, Callable, Dict

_LIBRARIES = ("polars", "pandas", "pyarrow")
_SEPARATORS = {"csv": ",", "tsv": "\t", "tab": "\t"}
_KINDS = {"csv": "csv", "tsv": "csv", "tab": "csv", "parquet": "parquet", "jsonl": "jsonl", "ndjson": "jsonl"}
_ROWS_OF_TYPES = 10_000  # that are looked at for the types of columns


class NoTable(Exception):
    """The file cannot be read; the text says why."""


def read(path: str) -> object:
    """A frame or table of a library, or a list of dicts if there is none. Raises NoTable."""
    extension = path.rpartition(".")[2].lower()
    kind = _KINDS.get(extension)
    if kind is None:
        raise NoTable("the extension is not .csv, .tsv, .parquet or .jsonl")
    separator = _SEPARATORS.get(extension, ",")
    if _is_large(path):
        found = _large(kind, path, separator)
        if found is not None:
            return found
    for name in sorted(_LIBRARIES, key=lambda one: one not in sys.modules):
        try:
            library = import_module(name)
        except ImportError:
            continue
        return _attempt(_READERS[name], library, kind, path, separator)
    if kind == "parquet":
        raise NoTable("Parquet needs polars, pandas or pyarrow in the session")
    return _attempt(_plain, kind, path, separator)


def _is_large(path: str) -> bool:
    """Whether it is mapped rather than read; Windows lets no file that is mapped be removed."""
    os = import_module("os")
    try:
        return os.name == "posix" and os.stat(path).st_size > large_files.LARGE
    except OSError:
        return False  # to read it tells why


def _large(kind: str, path: str, separator: str) -> object | None:
    """None if no library is there that can."""
    for name in sorted(("polars", "pyarrow"), key=lambda one: one not in sys.modules):
        try:
            library = import_module(name)
        except ImportError:
            continue
        if name == "polars":
            return _attempt(large_files.of_polars, library, kind, path, separator, _ROWS_OF_TYPES)
        return _attempt(large_files.of_arrow, library, kind, path, separator)
    return None


def _attempt(read: Callable[..., object], *arguments: object) -> object:
    try:
        return read(*arguments)
    except Exception as error:
        raise NoTable("%s: %s" % (type(error).__name__, str(error)[:500])) from None


def _polars(library: Any, kind: str, path: str, separator: str) -> object:
    if kind == "parquet":
        return library.read_parquet(path)
    if kind == "jsonl":
        return library.read_ndjson(path)
    return library.read_csv(path, separator=separator, try_parse_dates=True, infer_schema_length=_ROWS_OF_TYPES)


def _pandas(library: Any, kind: str, path: str, separator: str) -> object:
    if kind == "parquet":
        return library.read_parquet(path)
    return library.read_json(path, lines=True) if kind == "jsonl" else library.read_csv(path, sep=separator)


def _arrow(_library: Any, kind: str, path: str, separator: str) -> object:
    if kind == "parquet":
        return import_module("pyarrow.parquet").read_table(path)
    if kind == "jsonl":
        return import_module("pyarrow.json").read_json(path)
    reader = import_module("pyarrow.csv")
    return reader.read_csv(path, parse_options=reader.ParseOptions(delimiter=separator))


def _plain(kind: str, path: str, separator: str) -> object:
    with open(path, newline="" if kind == "csv" else None, encoding="utf-8-sig") as file:
        if kind == "csv":
            return [dict(row) for row in import_module("csv").DictReader(file, delimiter=separator)]
        loads = import_module("json").loads
        return [loads(line) for line in file if line.strip()]


_READERS: Dict[str, Callable[[Any, str, str, str], object]] = {"polars": _polars, "pandas": _pandas, "pyarrow": _arrow}
