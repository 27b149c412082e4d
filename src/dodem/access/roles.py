"""The table of roles: which role may do what. This file is the rule and its documentation."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    LEADER = "leader", _("Lãnh đạo")
    STANDING_OFFICE = "standing_office", _("Cơ quan thường trực")
    UNIT_HEAD = "unit_head", _("Người đứng đầu đơn vị")
    OFFICER = "officer", _("Cán bộ, công chức")
    DATA_STEWARD = "data_steward", _("Phụ trách dữ liệu")
    INSPECTOR = "inspector", _("Thanh tra, giám sát")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


class Permission(StrEnum):
    BOARD_SEE = "board.see"
    FIGURE_SEE = "figure.see"
    FIGURE_RECORDS = "figure.records"
    FIGURE_QUESTION = "figure.question"
    PERSONAL_SEE = "personal.see"
    UNIT_SEE = "unit.see"
    UNIT_MANAGE = "unit.manage"
    DIRECTIVE_SEE = "directive.see"
    DIRECTIVE_REVIEW = "directive.review"
    TASK_SEE = "task.see"
    TASK_ASSIGN = "task.assign"
    TASK_UPDATE = "task.update"
    TASK_VERIFY = "task.verify"
    CASE_SEE = "case.see"
    CASE_ANSWER = "case.answer"
    CASE_ROUTE = "case.route"
    SOURCE_SEE = "source.see"
    SOURCE_DELIVER = "source.deliver"
    FINDING_SEE = "finding.see"
    AUDIT_SEE = "audit.see"
    VERDICT_SEE = "verdict.see"
    ACCESS_MANAGE = "access.manage"
    TOKEN_MANAGE = "token.manage"  # noqa: S105  a permission
    SYSTEM_SEE = "system.see"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Permission.BOARD_SEE: _("xem bảng điều hành"),
    Permission.FIGURE_SEE: _("mở số liệu"),
    Permission.FIGURE_RECORDS: _("xem bản ghi sau số liệu"),
    Permission.FIGURE_QUESTION: _("báo số liệu sai, yêu cầu giải trình"),
    Permission.PERSONAL_SEE: _("xem dữ liệu cá nhân, có nêu mục đích"),
    Permission.UNIT_SEE: _("xem trang đơn vị"),
    Permission.UNIT_MANAGE: _("lập, đổi tên, sáp nhập, chia tách đơn vị"),
    Permission.DIRECTIVE_SEE: _("xem văn bản chỉ đạo"),
    Permission.DIRECTIVE_REVIEW: _("đưa văn bản vào và rà soát đề xuất"),
    Permission.TASK_SEE: _("xem nhiệm vụ"),
    Permission.TASK_ASSIGN: _("giao nhiệm vụ"),
    Permission.TASK_UPDATE: _("cập nhật, báo cáo nhiệm vụ"),
    Permission.TASK_VERIFY: _("xác nhận hoàn thành hoặc trả lại"),
    Permission.CASE_SEE: _("xem phản ánh"),
    Permission.CASE_ANSWER: _("trả lời phản ánh"),
    Permission.CASE_ROUTE: _("chuyển phản ánh sang đơn vị khác"),
    Permission.SOURCE_SEE: _("xem nguồn dữ liệu"),
    Permission.SOURCE_DELIVER: _("nạp tệp dữ liệu"),
    Permission.FINDING_SEE: _("xem lỗi dữ liệu cần sửa"),
    Permission.AUDIT_SEE: _("xem sổ nhật ký"),
    Permission.VERDICT_SEE: _("hỏi vì sao được hoặc không được phép"),
    Permission.ACCESS_MANAGE: _("giao và thu hồi vai trò"),
    Permission.TOKEN_MANAGE: _("cấp mã truy cập API"),
    Permission.SYSTEM_SEE: _("xem tình trạng hệ thống"),
}

_SEE = frozenset(
    {
        Permission.BOARD_SEE,
        Permission.FIGURE_SEE,
        Permission.UNIT_SEE,
        Permission.TASK_SEE,
        Permission.DIRECTIVE_SEE,
    }
)

TABLE: dict[Role, frozenset[Permission]] = {
    Role.LEADER: _SEE
    | {
        Permission.FIGURE_RECORDS,
        Permission.FIGURE_QUESTION,
        Permission.CASE_SEE,
        Permission.SOURCE_SEE,
        Permission.FINDING_SEE,
    },
    Role.STANDING_OFFICE: _SEE
    | {
        Permission.FIGURE_RECORDS,
        Permission.FIGURE_QUESTION,
        Permission.DIRECTIVE_REVIEW,
        Permission.TASK_ASSIGN,
        Permission.TASK_VERIFY,
        Permission.CASE_SEE,
        Permission.CASE_ROUTE,
        Permission.SOURCE_SEE,
        Permission.FINDING_SEE,
        Permission.UNIT_MANAGE,
    },
    Role.UNIT_HEAD: _SEE
    | {
        Permission.FIGURE_RECORDS,
        Permission.FIGURE_QUESTION,
        Permission.PERSONAL_SEE,
        Permission.TASK_UPDATE,
        Permission.CASE_SEE,
        Permission.CASE_ANSWER,
        Permission.CASE_ROUTE,
        Permission.SOURCE_SEE,
        Permission.FINDING_SEE,
    },
    Role.OFFICER: _SEE
    | {
        Permission.FIGURE_RECORDS,
        Permission.PERSONAL_SEE,
        Permission.TASK_UPDATE,
        Permission.CASE_SEE,
        Permission.CASE_ANSWER,
        Permission.CASE_ROUTE,
        Permission.FINDING_SEE,
    },
    Role.DATA_STEWARD: _SEE
    | {
        Permission.FIGURE_RECORDS,
        Permission.FIGURE_QUESTION,
        Permission.PERSONAL_SEE,
        Permission.SOURCE_SEE,
        Permission.SOURCE_DELIVER,
        Permission.FINDING_SEE,
    },
    Role.INSPECTOR: _SEE
    | {
        Permission.FIGURE_RECORDS,
        Permission.CASE_SEE,
        Permission.SOURCE_SEE,
        Permission.FINDING_SEE,
        Permission.AUDIT_SEE,
        Permission.VERDICT_SEE,
    },
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.BOARD_SEE,
            Permission.FIGURE_SEE,
            Permission.UNIT_SEE,
            Permission.UNIT_MANAGE,
            Permission.SOURCE_SEE,
            Permission.AUDIT_SEE,
            Permission.VERDICT_SEE,
            Permission.ACCESS_MANAGE,
            Permission.TOKEN_MANAGE,
            Permission.SYSTEM_SEE,
        }
    ),
}

# Figures are open to everyone who may see the board, whatever their unit: the city compares openly.
# What stands behind them is not.
CITY_WIDE = frozenset({Permission.BOARD_SEE, Permission.FIGURE_SEE, Permission.UNIT_SEE})
