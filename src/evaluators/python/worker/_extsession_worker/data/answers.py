"""Answers to the grid's requests."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..introspection import known_libraries, lookup, parts
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import arrangements, cells, expressions, kept, made_files, sources, steps

if TYPE_CHECKING:
    from typing import Any

    from ..link.data_messages import DataAnswer, DataPlace, DataRequest, DataWindow

_MOST_CELLS = 20_000
_MOST_CHARACTERS = 200
_MOST_CHARACTERS_OF_ALL = 100_000


def answer(request: DataRequest, namespace: dict[str, object]) -> DataAnswer:
    known_libraries.find()
    if request["ask"] == "open":
        return _open(request.get("location", ""))
    if request["ask"] == "release":
        return _release(request.get("of", {}))
    if request["ask"] == "piece":
        return {"piece": made_files.piece(request.get("file", 0), request.get("offset", 0))}
    if request["ask"] == "figure":
        return _figure(request)
    return _of_value(request, namespace)


def _of_value(request: DataRequest, namespace: dict[str, object]) -> DataAnswer:
    of: DataPlace = request.get("of", {})
    try:
        root = kept.get(of["kept"]) if "kept" in of else lookup.names_only(namespace)[of.get("name", "")]
        value = parts.follow(root, of.get("path", []))
    except LookupError:
        return {"problem": "gone"}
    kind = lookup.type_name(type(value))
    source = sources.of(value, request.get("at", ()), request.get("choice", 0))
    if source is None:
        return {"problem": "unsupported", "type": kind}
    source.namespace = namespace
    try:
        rows = arrangements.of(source, root, request)
    except steps.ValueProblem as problem:
        return {"problem": "value", "type": str(problem)}
    except expressions.ExpressionProblem as problem:
        return {"problem": "expression", "type": str(problem)}
    if request["ask"] == "parquet":
        return _parquet(value, rows, kind, of)
    if request["ask"] == "statistics":
        return _statistics(source, request.get("column", 0), rows)
    if request["ask"] == "cell":
        return _cell(source, request, rows)
    with cells.Pictures(not request.get("full")):
        return {"window": _window(source, request, kind, rows)}


def _release(of: DataPlace) -> DataAnswer:
    made_files.release(of)
    kept.release(of.get("kept", 0))
    arrangements.release()
    return {}


def _statistics(source: sources.Source, column: int, rows: Any) -> DataAnswer:
    if column >= source.columns:
        return {"problem": "gone"}
    from . import statistics

    return {"statistics": statistics.of(source, column, rows)}


def _cell(source: sources.Source, request: DataRequest, arranged: Any) -> DataAnswer:
    from . import details

    row, count = request.get("row", 0), source.rows if arranged is None else len(arranged)
    if row >= count or request.get("column", 0) >= source.columns:
        return {"problem": "gone"}
    try:
        return {"cell": details.of(source, row if arranged is None else int(arranged[row]), request)}
    except LookupError:
        return {"problem": "gone"}


def _open(path: str) -> DataAnswer:
    from . import files

    try:
        return {"kept": kept.keep(files.read(path))}
    except files.NoTable as reason:
        return {"problem": "file", "type": str(reason)}


def _parquet(value: object, rows: Any, kind: str, of: DataPlace) -> DataAnswer:
    from . import parquet

    try:
        return _file(of, parquet.make(value, rows))
    except parquet.NoParquet as reason:
        return {"problem": "parquet", "type": str(reason) or kind}


def _figure(request: DataRequest) -> DataAnswer:
    from ..libraries import shown_figures

    try:
        figure = shown_figures.find(request.get("figure", ""))
    except LookupError:
        return {"problem": "gone"}
    if "format" not in request:
        return {}
    try:
        return _file({}, shown_figures.drawn(figure, request["format"]))
    except shown_figures.LargeDrawing:
        return {"problem": "large"}


def _file(of: DataPlace, data: bytes) -> DataAnswer:
    file, size = made_files.keep(of, data)
    return {"file": file, "size": size}


def _window(source: sources.Source, request: DataRequest, kind: str, arranged: Any) -> DataWindow:
    first, last = _within(request.get("columns", [0, 0]), source.columns)
    columns = range(first, min(last, first + _MOST_CELLS))
    count = source.rows if arranged is None else len(arranged)
    first, last = _within(request.get("rows", [0, 0]), count)
    shown = range(first, min(last, first + _MOST_CELLS // max(1, len(columns))))
    rows: sources.Rows = shown
    if arranged is not None:
        part: Any = arranged[shown.start : shown.stop]
        rows = part.tolist() if hasattr(part, "tolist") else list(part)  # an array; a list or a series of polars
    limit = _MOST_CHARACTERS_OF_ALL if request.get("full") else _MOST_CHARACTERS
    heads = source.index_heads()
    return {
        "type": kind,
        "rows": count,
        "total": source.rows,
        "columns": source.columns,
        "shape": list(source.shape),
        "choices": list(source.choices),
        "start": [shown.start, columns.start],
        "positions": [] if type(rows) is range else list(rows),
        "heads": [source.head(column) for column in columns],
        "cells": [source.read(column, rows, limit) for column in columns],
        "indexHeads": heads,
        "index": [source.index(level, rows, limit) for level in range(len(heads))],
    }


def _within(span: list[int], size: int) -> tuple[int, int]:
    start = min(max(0, span[0]), size)
    return start, min(max(start, span[1]), size)
