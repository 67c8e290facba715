"""What the data grid asks for, and the answers, for the type checker. `src/protocol/data.ts` is the host's side."""

from __future__ import annotations

from typing import List, Union

from typing_extensions import Literal, NotRequired, TypedDict

from .question_messages import Variable


class DataPlace(TypedDict):
    """A variable or a part of one, or what `extsession.view` keeps."""

    name: NotRequired[str]
    path: NotRequired[List[int]]
    kept: NotRequired[int]


class DataFilter(TypedDict):
    column: int
    test: Literal[
        "equals", "differs", "contains", "less", "atMost", "more", "atLeast", "missing", "present", "expression"
    ]
    value: NotRequired[str]


class DataSort(TypedDict):
    column: int
    descending: bool


class DataRequest(TypedDict):
    ask: Literal["window", "cell", "statistics", "parquet", "piece", "open", "release", "figure"]
    of: NotRequired[DataPlace]
    path: NotRequired[List[int]]  # within a cell
    location: NotRequired[str]  # of a file that is opened
    at: NotRequired[List[int]]
    rows: NotRequired[List[int]]
    columns: NotRequired[List[int]]
    choice: NotRequired[int]  # of several tables
    column: NotRequired[int]  # of statistics or a cell
    row: NotRequired[int]  # of a cell, as the grid counts them
    start: NotRequired[int]  # of what the cell, or the part of it at the path, consists of
    file: NotRequired[int]  # that a piece is of
    offset: NotRequired[int]  # of a piece
    full: NotRequired[bool]
    filters: NotRequired[List[DataFilter]]
    sort: NotRequired[List[DataSort]]
    turn: NotRequired[int]
    figure: NotRequired[str]  # the name of one that was shown
    format: NotRequired[Literal["svg", "pdf"]]  # without it, only whether there is the figure


class DataWindow(TypedDict):
    type: str
    rows: int
    total: int
    columns: int
    shape: List[int]
    choices: List[str]
    positions: List[int]
    start: List[int]
    heads: List[List[str]]
    cells: List[List[Union[str, List[str]]]]
    indexHeads: List[List[str]]
    index: List[List[Union[str, List[str]]]]


class DataDetail(TypedDict):
    type: str
    cell: Union[str, List[str]]
    image: NotRequired[str]
    total: int
    items: List[Variable]


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
    file: NotRequired[int]  # the number of a file that was made
    size: NotRequired[int]  # of it
    cell: NotRequired[DataDetail]
    piece: NotRequired[str]  # of it, in base64
    problem: NotRequired[Literal["gone", "unsupported", "value", "expression", "parquet", "file", "large"]]
    kept: NotRequired[int]  # the table of a file
    type: NotRequired[str]
