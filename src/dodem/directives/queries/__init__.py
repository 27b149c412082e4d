"""Reads that join tables or give a page its shape."""

from dodem.directives.queries.counts import StateCounts, UnitTasks, count_states, of_unit
from dodem.directives.queries.decisions import DecisionNeeded, need_decision
from dodem.directives.queries.lists import TaskFilter, TaskList, TaskRow, task_list, task_rows
from dodem.directives.queries.register import register_rows
from dodem.directives.queries.review import Card, Progress, cards, progress

__all__ = [
    "Card",
    "DecisionNeeded",
    "Progress",
    "StateCounts",
    "TaskFilter",
    "TaskList",
    "TaskRow",
    "UnitTasks",
    "cards",
    "count_states",
    "need_decision",
    "of_unit",
    "progress",
    "register_rows",
    "task_list",
    "task_rows",
]
