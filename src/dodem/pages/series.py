"""A run of values, some of them unknown, and its shape as SVG path data."""

from collections.abc import Callable, Sequence

from dodem.pages.formats import Number

Series = Sequence[Number | None]


def path_data(
    values: Series, x: Callable[[int], float], y: Callable[[Number], float], *, places: int = 2
) -> str:
    """The ``d`` of a path through the known values, lifting the pen over the others."""
    steps, pen_down = [], False
    for index, value in enumerate(values):
        if value is not None:
            steps.append(f"{'L' if pen_down else 'M'}{x(index):.{places}f} {y(value):.{places}f}")
        pen_down = value is not None
    return "".join(steps)


def last_known(values: Series) -> tuple[int, Number]:
    """Index and value of the last known point. Raises ValueError when there is none."""
    for index in range(len(values) - 1, -1, -1):
        value = values[index]
        if value is not None:
            return index, value
    raise ValueError("no value of the series is known")
