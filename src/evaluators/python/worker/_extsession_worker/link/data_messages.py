"""What the data grid asks for, and the answers, for the type checker. `src/protocol/data.ts` is the host's side."""

from __future__ import annotations

from typing import List, Union

from typing_extensions import Literal, NotRequired, TypedDict


class DataPlace(TypedDict):
    """A variable or a part of one, or what `extsession.view` keeps."""

    name: NotRequired[str]
    path: NotRequired[List[int]]
    kept: NotRequired[int]


class DataFilter(TypedDict):
    column: int
    test: Literal["equals", "differs", "contains", "less", "atMost", "more", "atLeast", "missing", "present"]
    value: NotRequired[str]


class DataSort(TypedDict):
    column: int
    descending: bool


class DataRequest(TypedDict):
    ask: Literal["window", "statistics", "parquet", "piece", "open", "release"]
    of: NotRequired[DataPlace]
    path: NotRequired[str]  # of a file that is opened
    at: NotRequired[List[int]]
    rows: NotRequired[List[int]]
    columns: NotRequired[List[int]]
    column: NotRequired[int]  # of statistics
    file: NotRequired[int]  # that a piece is of
    offset: NotRequired[int]  # of a piece
    full: NotRequired[bool]
    filters: NotRequired[List[DataFilter]]
    sort: NotRequired[List[DataSort]]
    turn: NotRequired[int]


class DataWindow(TypedDict):
    type: str
    rows: int
    total: int
    columns: int
    shape: List[int]
    positions: List[int]
    start: List[int]
    heads: List[List[str]]
    cells: List[List[Union[str, List[str]]]]
    indexHeads: List[List[str]]
    index: List[List[Union[str, List[str]]]]


class DataStatistics(TypedDict):
    head: List[str]
    rows: int
    missing: int
    distinct: NotRequired[int]
    isMore: NotRequired[bool]  # there are more distinct values than that
    facts: List[List[str]]
    histogram: List[int]
    top: List[List[Union[str, List[str], int]]]


class DataAnswer(TypedDict):
    window: NotRequired[DataWindow]
    statistics: NotRequired[DataStatistics]
    file: NotRequired[int]  # the number of a file of Parquet
    size: NotRequired[int]  # of it
    piece: NotRequired[str]  # of it, in base64
    problem: NotRequired[Literal["gone", "unsupported", "value", "parquet", "file"]]
    kept: NotRequired[int]  # the table of a file
    type: NotRequired[str]
