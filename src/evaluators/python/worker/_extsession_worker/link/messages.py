"""The messages of the protocol, for the type checker: nothing imports this module at run time.

`docs/evaluator-protocol.md` describes them; `src/protocol/worker.ts` is the host's side.
"""

from __future__ import annotations

from typing import Dict, List, Union

from typing_extensions import Literal, NotRequired, TypedDict

from .data_messages import DataRequest
from .question_messages import Answer, Question

MimeBundle = Dict[str, object]
Stream = Literal[0, 1]


# What the host sends over the main channel.


class Debugger(TypedDict):
    address: str
    token: str
    folders: List[str]
    onBreakpoint: NotRequired[bool]
    postMortem: NotRequired[int]
    isElsewhere: NotRequired[bool]
    subProcess: NotRequired[str]


class Execute(TypedDict):
    t: Literal["execute"]
    id: int
    source: str
    filename: NotRequired[str]
    firstLine: NotRequired[int]
    fileThere: NotRequired[str]
    debugger: NotRequired[Debugger]
    profile: NotRequired[Literal[True, "memory"]]
    plotTheme: NotRequired[Literal["dark", "light"]]
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


SideMessage = Union[Interrupt, InputAnswer, Question]


# What the worker sends.


class EvaluatorInfo(TypedDict):
    language: str
    name: str
    version: str
    executable: str
    prefix: str
    cwd: str


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
    profile: NotRequired[str]


class Succeeded(Ending, Success): ...


class Failed(Ending, Failure): ...


class Missed(Ending, Missing): ...


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
