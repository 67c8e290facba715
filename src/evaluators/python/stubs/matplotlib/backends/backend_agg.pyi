from matplotlib.backend_bases import FigureCanvasBase, FigureManagerBase

class FigureCanvasAgg(FigureCanvasBase):
    manager_class: type[FigureManagerBase]
