"""The quantity a task is to reach."""

import re
from datetime import date

from dodem.reading.times import find_times
from dodem.vietnam.legal import find_citations
from dodem.vietnam.quantities import Quantity, find_quantities

_TIME_UNIT = re.compile(r"\A(?:ngày|tuần|tháng|quý|năm|giờ|phút|lần)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:số|Nghị quyết|Quyết định|Đề án|Chỉ thị|Kết luận|Điều|khoản|điểm|mục|Phụ lục|cấp độ|mức độ"
    r"|giai đoạn|lần thứ|Vành đai|khóa)\s*\Z",
    re.IGNORECASE,
)


def find_target(text: str, *, doc_date: date) -> Quantity | None:
    """The most telling quantity of an order: a share or an amount before a mere count; None when none."""
    blocked = [(t.start, t.end) for t in find_times(text, today=doc_date)]
    blocked += [(c.start, c.end) for c in find_citations(text)]
    found = [
        quantity
        for quantity in find_quantities(text)
        if quantity.unit
        and not any(quantity.start < end and start < quantity.end for start, end in blocked)
        and not _TIME_UNIT.match(quantity.unit)
        and not _NAMED.search(text[: quantity.start])
        and not (quantity.spelled and quantity.value <= 1)
    ]
    return max(
        found, key=lambda q: (q.unit in ("%", "VND", "USD", "EUR"), not q.spelled, -q.start), default=None
    )
