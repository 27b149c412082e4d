"""What a start of the centre asks of this app's definitions."""

from dodem.feedback import catalogue


def load_categories() -> int:
    """Read the categories and clocks, so that a file that cannot be meant stops the start; how many there
    are.
    """
    return len(catalogue.categories())
