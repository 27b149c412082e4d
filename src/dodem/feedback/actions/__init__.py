"""Everything that changes a report or a case. Each is one ledger event; times are passed in."""

from dodem.feedback.actions.citizen import add_information, rate_case, reopen_case, withdraw_report
from dodem.feedback.actions.definitions import load_categories
from dodem.feedback.actions.handle import (
    ActionRefused,
    answer_case,
    assign_case,
    decline_case,
    join_cases,
    note_complaint,
    post_progress,
    refer_case,
    transfer_case,
)
from dodem.feedback.actions.receive import NewReport, Received, receive_report
from dodem.feedback.photo_files import discard_abandoned

__all__ = [
    "ActionRefused",
    "NewReport",
    "Received",
    "add_information",
    "answer_case",
    "assign_case",
    "decline_case",
    "discard_abandoned",
    "join_cases",
    "load_categories",
    "note_complaint",
    "post_progress",
    "rate_case",
    "receive_report",
    "refer_case",
    "reopen_case",
    "transfer_case",
    "withdraw_report",
]
