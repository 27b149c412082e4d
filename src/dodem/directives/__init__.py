"""Walk two: the text of a directive becomes drafted tasks, a person confirms them beside the text, units post
updates with evidence, the standing office closes or returns them. A task's state is never typed: it follows
from dates and facts (``workflow``), in Python and in SQL alike (``models.states``).
"""
