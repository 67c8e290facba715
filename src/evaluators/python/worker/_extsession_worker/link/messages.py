"""The messages of the protocol, for the type checker: nothing imports this module at run time.

`docs/evaluator-protocol.md` describes them; `src/protocol/worker.ts` is the host's side.
"""

from __future__ import annotations

from typing import Dict, List, Union

from typing_extensions import Literal, NotRequired, TypedDict

MimeBundle = Dict[str, object]
Stream = Literal[0, 1]


# What the host sends over the main channel.


class Debugger(TypedDict):
    address: str
    token: str
    folders: List[str]


class Execute(TypedDict):
    t: Literal["execute"]
    id: int
    source: str
    filename: NotRequired[str]
    firstLine: NotRequired[int]
    debugger: NotRequired[Debugger]
    columns: NotRequired[int]


class Evaluate(TypedDict):
    t: Literal["evaluate"]
    id: int
    source: str
    filename: NotRequired[str]
    columns: NotRequired[int]


class Get(TypedDict):
    t: Literal["get"]
    id: int
    name: str


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
    ask: Literal["window", "release"]
    of: DataPlace
    at: NotRequired[List[int]]
    rows: NotRequired[List[int]]
    columns: NotRequired[List[int]]
    full: NotRequired[bool]
    filters: NotRequired[List[DataFilter]]
    sort: NotRequired[List[DataSort]]
    turn: NotRequired[int]


class Data(TypedDict):
    t: Literal["data"]
    id: int
    request: DataRequest


class Exit(TypedDict):
    t: Literal["exit"]
    code: int


Request = Union[Execute, Evaluate, Get, Data]
MainMessage = Union[Request, Exit]


# What the host sends over the side channel.


class Interrupt(TypedDict):
    t: Literal["interrupt"]
    id: NotRequired[int]


class InputAnswer(TypedDict):
    t: Literal["input"]
    request: int
    text: str | None


class StackQuestion(TypedDict):
    t: Literal["stack"]
    request: int


class VariablesQuestion(TypedDict):
    t: Literal["variables"]
    request: int
    details: NotRequired[bool]


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
Question = Union[StackQuestion, NamespaceQuestion]
SideMessage = Union[Interrupt, InputAnswer, Question]


# What the worker sends.


class EvaluatorInfo(TypedDict):
    language: str
    name: str
    version: str
    executable: str
    prefix: str


class MainHello(TypedDict):
    t: Literal["hello"]
    token: str
    channel: Literal["main"]
    pid: int
    info: EvaluatorInfo


class SideHello(TypedDict):
    t: Literal["hello"]
    token: str
    channel: Literal["side"]


class Ready(TypedDict):
    t: Literal["ready"]
    next: int


class PairMade(TypedDict):
    t: Literal["pair"]
    number: int


class Closed(TypedDict):
    t: Literal["closed"]
    id: int


class Exec(TypedDict):
    t: Literal["exec"]
    failed: bool


class InputRequest(TypedDict):
    t: Literal["input"]
    request: int
    id: int
    prompt: str
    password: bool


class InputCancelled(TypedDict):
    t: Literal["inputCancelled"]
    request: int


class Display(TypedDict):
    """`id` and `at` are put in when it is sent."""

    t: Literal["display"]
    id: NotRequired[int]
    at: NotRequired[int]
    data: MimeBundle
    displayId: NotRequired[str]
    update: NotRequired[bool]


class Clear(TypedDict):
    t: Literal["clear"]
    id: NotRequired[int]
    at: NotRequired[int]
    wait: bool


class Frame(TypedDict):
    file: str
    line: int
    endLine: NotRequired[int]
    column: NotRequired[int]
    endColumn: NotRequired[int]
    function: str
    source: NotRequired[str]


class ExceptionInfo(TypedDict):
    name: str
    message: str
    frames: List[Frame]
    notes: NotRequired[List[str]]
    cause: NotRequired[ExceptionInfo]
    context: NotRequired[ExceptionInfo]
    exceptions: NotRequired[List[ExceptionInfo]]


class ErrorInfo(ExceptionInfo):
    traceback: str
    exitCode: NotRequired[int]
    exitMessage: NotRequired[str]


class Success(TypedDict):
    status: Literal["ok"]
    result: NotRequired[MimeBundle]
    value: NotRequired[object]


class Failure(TypedDict):
    status: Literal["error", "interrupted"]
    error: ErrorInfo


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


class DataAnswer(TypedDict):
    window: NotRequired[DataWindow]
    problem: NotRequired[Literal["gone", "unsupported", "value"]]
    type: NotRequired[str]


class Missing(TypedDict):
    status: Literal["missing"]


Reply = Union[Success, Failure, Missing]


class Usage(TypedDict):
    userMs: int
    systemMs: int
    peakBytes: NotRequired[int]
    growthBytes: NotRequired[int]
    readBytes: NotRequired[int]
    writtenBytes: NotRequired[int]


class Ending(TypedDict):
    t: Literal["done"]
    id: int
    ends: List[Stream]
    next: int
    usage: NotRequired[Usage]


class Succeeded(Ending, Success): ...


class Failed(Ending, Failure): ...


class Missed(Ending, Missing): ...


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


class AnswerParts(TypedDict):
    variables: NotRequired[List[Variable]]
    parts: NotRequired[VariableParts]
    completions: NotRequired[Completions]
    data: NotRequired[MimeBundle]
    stack: NotRequired[str]
    error: NotRequired[str]


class Answer(AnswerParts):
    t: Literal["answer"]
    request: int


WorkerMessage = Union[
    MainHello,
    SideHello,
    Ready,
    PairMade,
    Closed,
    Exec,
    InputRequest,
    InputCancelled,
    Display,
    Clear,
    Succeeded,
    Failed,
    Missed,
    Answer,
]
