"""The array functions that symbols answer to, by the names of the Python array standard."""

from __future__ import annotations

from typing import Any


class Namespace:
    """What ``__array_namespace__`` of a symbol returns."""

    @staticmethod
    def asarray(value: Any, dtype: object = None) -> Any:
        """A number or a symbol as it is."""
        del dtype
        return value

    @staticmethod
    def exp(x: Any) -> Any:
        """e to the power x."""
        return x.graph.make("exp", x)

    @staticmethod
    def log(x: Any) -> Any:
        """The natural logarithm."""
        return x.graph.make("log", x)

    @staticmethod
    def sqrt(x: Any) -> Any:
        """The square root."""
        return x.graph.make("sqrt", x)

    @staticmethod
    def abs(x: Any) -> Any:
        """The size of x."""
        return abs(x)

    @staticmethod
    def maximum(x: Any, y: Any) -> Any:
        """The larger of two, x being a symbol."""
        return x.graph.make("max", x, y)

    @staticmethod
    def minimum(x: Any, y: Any) -> Any:
        """The smaller of two, x being a symbol."""
        return x.graph.make("min", x, y)


NAMESPACE = Namespace()
