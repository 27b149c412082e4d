"""The tables of walk two."""

from dodem.directives.models.directives import Directive, Draft, Programme
from dodem.directives.models.tasks import Decision, Evidence, Task, Update

__all__ = ["Decision", "Directive", "Draft", "Evidence", "Programme", "Task", "Update"]
