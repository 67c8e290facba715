from typing import BinaryIO

from .figure import Figure

class FigureCanvasBase:
    figure: Figure
    def __init__(self, figure: Figure) -> None: ...
    def print_figure(
        self, filename: BinaryIO, *, format: str, dpi: float, facecolor: object, edgecolor: object, bbox_inches: str
    ) -> object: ...

class FigureManagerBase:
    canvas: FigureCanvasBase
    num: int | str
    def __init__(self, canvas: FigureCanvasBase, num: int | str) -> None: ...
    def show(self) -> None: ...
