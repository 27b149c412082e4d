"""What can be done with directives and tasks. Every act is one transaction that writes its ledger event."""

from dodem.directives.actions.directives import (
    Added,
    ClassifiedRefused,
    IssueDateUnknown,
    add_directive,
    load_programmes,
    propose_drafts,
)
from dodem.directives.actions.drafts import (
    DraftIncomplete,
    DraftSettled,
    PlaceNotFound,
    add_draft,
    confirm_complete,
    confirm_draft,
    edit_draft,
    merge_drafts,
    reject_draft,
    restore_draft,
    split_draft,
)
from dodem.directives.actions.tasks import (
    CannotLead,
    NoReason,
    assign_task,
    reassign_task,
    start_task,
    withdraw_task,
)
from dodem.directives.actions.updates import (
    Proof,
    close_task,
    post_update,
    report_done,
    return_task,
)

__all__ = [
    "Added",
    "CannotLead",
    "ClassifiedRefused",
    "DraftIncomplete",
    "DraftSettled",
    "IssueDateUnknown",
    "NoReason",
    "PlaceNotFound",
    "Proof",
    "add_directive",
    "add_draft",
    "assign_task",
    "close_task",
    "confirm_complete",
    "confirm_draft",
    "edit_draft",
    "load_programmes",
    "merge_drafts",
    "post_update",
    "propose_drafts",
    "reassign_task",
    "reject_draft",
    "report_done",
    "restore_draft",
    "return_task",
    "split_draft",
    "start_task",
    "withdraw_task",
]
