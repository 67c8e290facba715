"""Answers to the grid's requests."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..introspection import known_libraries, lookup, parts
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import kept, sources

if TYPE_CHECKING:
    from ..link.messages import DataAnswer, DataRequest, DataWindow

_MOST_CELLS = 20_000
_MOST_CHARACTERS = 200
_MOST_CHARACTERS_OF_ALL = 100_000


def answer(request: DataRequest, namespace: dict[str, object]) -> DataAnswer:
    known_libraries.find()
    of = request["of"]
    if request["ask"] == "release":
        kept.release(of.get("kept", 0))
        return {}
    try:
        value = kept.get(of["kept"]) if "kept" in of else _follow(of.get("name", ""), of.get("path", []), namespace)
    except LookupError:
        return {"problem": "gone"}
    source = sources.of(value, request.get("at", ()))
    if source is None:
        return {"problem": "unsupported", "type": lookup.type_name(type(value))}
    return {"window": _window(source, request, lookup.type_name(type(value)))}


def _follow(name: str, path: list[int], namespace: dict[str, object]) -> object:
    return parts.follow(lookup.names_only(namespace)[name], path)


def _window(source: sources.Source, request: DataRequest, kind: str) -> DataWindow:
    first, last = _within(request.get("columns", [0, 0]), source.columns)
    columns = range(first, min(last, first + _MOST_CELLS))
    first, last = _within(request.get("rows", [0, 0]), source.rows)
    rows = range(first, min(last, first + _MOST_CELLS // max(1, len(columns))))
    limit = _MOST_CHARACTERS_OF_ALL if request.get("full") else _MOST_CHARACTERS
    heads = source.index_heads()
    return {
        "type": kind,
        "rows": source.rows,
        "columns": source.columns,
        "shape": list(source.shape),
        "start": [rows.start, columns.start],
        "heads": [source.head(column) for column in columns],
        "cells": [source.read(column, rows, limit) for column in columns],
        "indexHeads": heads,
        "index": [source.index(level, rows, limit) for level in range(len(heads))],
    }


def _within(span: list[int], size: int) -> tuple[int, int]:
    start = min(max(0, span[0]), size)
    return start, min(max(start, span[1]), size)
