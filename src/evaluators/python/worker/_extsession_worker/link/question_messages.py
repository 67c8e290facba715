"""What the host asks about the namespace and the running command, and the answers, for the type checker.

Both go over the side channel, also while a command runs.
"""

from __future__ import annotations

from typing import Dict, List, Optional, Union

from typing_extensions import Literal, NotRequired, TypedDict

from .data_messages import DataRequest


class StackQuestion(TypedDict):
    t: Literal["stack"]
    request: int


class PauseQuestion(TypedDict):
    t: Literal["pause"]
    request: int


class FileQuestion(TypedDict):
    t: Literal["file"]
    request: int
    path: str


class DigestsQuestion(TypedDict):
    t: Literal["digests"]
    request: int
    paths: List[str]


class SaveQuestion(TypedDict):
    t: Literal["save"]
    request: int
    path: str
    data: str  # in Base64


class GridQuestion(TypedDict):
    t: Literal["grid"]
    request: int
    of: DataRequest


class VariablesQuestion(TypedDict):
    t: Literal["variables"]
    request: int
    details: NotRequired[bool]
    since: NotRequired[int]  # an earlier request: what its answer told is known, and 0 for nothing


class PartsQuestion(TypedDict):
    t: Literal["parts"]
    request: int
    name: str
    path: List[int]
    start: int
    count: int
    asCode: NotRequired[bool]


class SourceQuestion(TypedDict):
    t: Literal["complete", "inspect"]
    request: int
    source: str
    offset: int


NamespaceQuestion = Union[VariablesQuestion, PartsQuestion, SourceQuestion]
Question = Union[
    StackQuestion, FileQuestion, DigestsQuestion, SaveQuestion, PauseQuestion, GridQuestion, NamespaceQuestion
]


class Variable(TypedDict):
    name: str
    type: str
    summary: NotRequired[str]
    size: NotRequired[str]
    kind: NotRequired[str]
    bytes: NotRequired[int]
    parts: NotRequired[int]
    code: NotRequired[str]


class VariableParts(TypedDict):
    total: int
    items: List[Variable]
    code: NotRequired[str]


class Completion(TypedDict):
    text: str
    kind: str
    type: NotRequired[str]


class Completions(TypedDict):
    start: int
    end: int
    items: List[Completion]
    isIncomplete: NotRequired[bool]


class FileText(TypedDict):
    text: NotRequired[str]
    problem: NotRequired[Literal["missing", "large", "binary", "denied"]]


Pause = Literal["paused", "noDebugger", "impossible"]


class AnswerParts(TypedDict):
    variables: NotRequired[List[Variable]]
    since: NotRequired[int]  # `variables` are those that have changed since the answer to that request
    gone: NotRequired[List[str]]  # with `since`: names that are no more
    more: NotRequired[bool]  # another answer has more of `variables`
    parts: NotRequired[VariableParts]
    completions: NotRequired[Completions]
    data: NotRequired[Dict[str, object]]  # a MIME bundle
    stack: NotRequired[str]
    pause: NotRequired[Pause]
    grid: NotRequired[List[object]]  # the answer, or nothing if no command has stopped
    file: NotRequired[FileText]
    digests: NotRequired[List[Optional[str]]]
    saved: NotRequired[str]
    error: NotRequired[str]


class Answer(AnswerParts):
    t: Literal["answer"]
    request: int
