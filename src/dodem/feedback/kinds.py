"""The closed lists of this app: what is sent, by which channel, how it was routed, why it was declined."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    REPORT = "report", _("Phản ánh")
    PETITION = "petition", _("Kiến nghị")
    INITIATIVE = "initiative", _("Sáng kiến")
    SOLUTION = "solution", _("Giải pháp")


class Channel(models.TextChoices):
    WEB = "web", _("Trang web")
    PHONE = "phone", _("Điện thoại")
    KIOSK = "kiosk", _("Quầy tự phục vụ")
    IMPORT = "import", _("Hệ thống khác")


class LegalTrack(models.TextChoices):
    COMPLAINT = "complaint", _("Khiếu nại")
    DENUNCIATION = "denunciation", _("Tố cáo")


class Basis(models.TextChoices):
    CHOSEN = "chosen", _("Người gửi chọn đơn vị")
    ADDRESS = "address", _("Theo địa chỉ")
    DESK = "desk", _("Chưa rõ đơn vị")


class DeclineReason(models.TextChoices):
    OUTSIDE_AUTHORITY = "outside_authority", _("Không thuộc thẩm quyền của Thành phố")
    NOT_VERIFIABLE = "not_verifiable", _("Không đủ thông tin để kiểm tra")
    ALREADY_DONE = "already_done", _("Đã được trả lời trước đó")
    UNSUITABLE = "unsuitable", _("Nội dung không phù hợp quy định tiếp nhận")
