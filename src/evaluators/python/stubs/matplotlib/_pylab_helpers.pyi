from .backend_bases import FigureManagerBase

class Gcf:
    figs: dict[int, FigureManagerBase]
    @classmethod
    def get_all_fig_managers(cls) -> list[FigureManagerBase]: ...
    @classmethod
    def destroy(cls, num: FigureManagerBase | int) -> None: ...
    @classmethod
    def destroy_all(cls) -> None: ...
