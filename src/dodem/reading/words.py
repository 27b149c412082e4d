"""The words by which papers order, promise, report and propose: the vocabulary of the task grammar."""

import re

from dodem.reading.verbs import ACTIONS, ADVERBS

_I = re.IGNORECASE


def phrase(words: str) -> str:
    """A pattern for a table cell of words parted by "|": spaces stretch, word boundaries hold."""
    return r"(?<!\w)(?:" + words.strip().replace(" ", r"\s+") + r")(?!\w)"


# ------------------------------------------------------------------ verbs of work
ACTION = re.compile(phrase(ACTIONS), _I)
IMPERATIVE = re.compile(rf"(?:(?:{phrase(ADVERBS)})\s*,?\s*)*{phrase(ACTIONS)}", _I)

# ------------------------------------------------------------------ what opens a sentence and says nothing
CONNECTIVES = (
    "song song đó|song song với đó|bên cạnh đó|ngoài ra|đồng thời|cùng với đó|cùng đó|trong đó|mặt khác"
    "|đặc biệt|cụ thể|theo đó|do đó"
    "|vì vậy|trên cơ sở đó|từ đó|tiếp đó|cuối cùng|trước hết|trước mắt|bên cạnh|thời gian tới"
    "|trong thời gian tới|qua đó"
    "|đối với nhiệm vụ này|một là|hai là|ba là|bốn là|năm là|sáu là|bảy là|thứ nhất|thứ hai|thứ ba"
    "|thứ tư|thứ năm|nhất là|riêng"
    "|theo kế hoạch|theo chỉ đạo|theo kết luận|để thực hiện mục tiêu trên|ngay sau hội nghị|sau hội nghị"
)
CONNECTIVE = re.compile(rf"(?:(?:{phrase(CONNECTIVES)})\s*[,:]?\s*)+", _I)
TOPIC = re.compile(
    r"(?:Đối\s+với|Về|Liên\s+quan(?:\s+đến)?|Trong\s+lĩnh\s+vực|Để|Nhằm|Trên\s+cơ\s+sở|Căn\s+cứ"
    r"|Với)\s+[^,:;.]{2,160}(?:,[^,:;.]{2,60}){0,2}?[,:]\s*",
    _I,
)

# ------------------------------------------------------------------ who orders
ORDER_VERBS = (
    "yêu cầu|đề nghị|giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|phân công|chỉ đạo"
    "|ủy quyền cho|ủy quyền"
    "|thống nhất giao|đồng ý giao|lưu ý|quán triệt|nhắc nhở"
)
# These order only when a body is named after them: "quán triệt Nghị quyết" is the work itself.
REMINDER = re.compile(phrase("lưu ý|quán triệt|nhắc nhở"), _I)
# "theo yêu cầu", "được giao", "bàn giao" … are not orders.
_NO_ORDER_BEFORE = "".join(
    rf"(?<!{word}\s)"
    for word in (
        "theo",
        "đáp ứng",
        "các",
        "những",
        "đúng",
        "được",
        "bàn",
        "chuyển",
        "đạt",
        "sự",
        "công tác",
        "ý kiến",
        "có",
        "của",
        "đã",
        "với",
        "tiếp",
        "khi",
        "Ban",
        "kế hoạch",
    )
)
ORDER = re.compile(_NO_ORDER_BEFORE + phrase(ORDER_VERBS) + r"(?:\s*:)?", _I)
SPEECH = "nhấn mạnh|lưu ý|cho rằng|khẳng định|cho biết|cho hay|nêu rõ|phát biểu|nói|nhìn nhận|bày tỏ"
SPEECH_LEAD = re.compile(
    rf"\A[^,;:]{{0,200}}?{phrase(SPEECH)}(?:\s+(?:rằng|thêm|việc|yêu\s+cầu|là))?\s*[,:]\s*", _I
)
_SAID = phrase(SPEECH + "|nêu|chia sẻ|đề cập|đánh giá|thông tin|kết luận|yêu cầu|chỉ đạo|đề nghị")
SPEECH_TAG = re.compile(
    rf"[\"”]?\s*,?\s*[\"”]\s*,?\s*(?:[^\"“”.;]{{0,120}}?)?{_SAID}[^\"“”;]{{0,60}}\Z",
    _I,
)
MODAL = re.compile(
    phrase(
        "phải|cần|cần phải|có trách nhiệm|chịu trách nhiệm|tiếp tục|khẩn trương|chủ trì|chủ động"
        "|tập trung|tích cực|nghiêm túc|quyết liệt|thường xuyên|kịp thời|có nhiệm vụ|không được"
    ),
    _I,
)
DUTY = re.compile(
    phrase(
        "được giao|được phân công|được yêu cầu|phải|cần|cần phải|có trách nhiệm|chịu trách nhiệm"
        "|có nhiệm vụ|không được|yêu cầu"
    ),
    _I,
)

# ------------------------------------------------------------------ what is no order
PAST = re.compile(
    phrase(
        "đã|vừa qua|vừa|đạt được|đạt kết quả|trong thời gian qua|thời gian qua|trước đó|hiện có"
        "|hiện nay|hiện đã|ghi nhận|còn chưa|chưa đạt|còn nhiều"
    ),
    _I,
)
# Subjects that are no body of the directory and still may be told to act.
GENERIC_SUBJECT = re.compile(
    phrase(
        "thành phố|chính quyền thành phố|chính quyền các cấp|chính quyền|địa phương|đơn vị"
        "|người đứng đầu[^,;.]{0,60}?|cán bộ, công chức[^;.]{0,40}?"
        "|chúng ta|mỗi cán bộ[^,;.]{0,40}?|toàn ngành|ngành [\\w ]{2,24}?|cả hệ thống chính trị"
    ),
    _I,
)
# Those who ask and cannot order.
ASKING_SPEAKERS = re.compile(
    phrase(
        "đại biểu|cử tri|chuyên gia|hiệp hội|doanh nghiệp|người dân|TS|PGS|GS|bạn đọc|hội viên"
        "|nhà khoa học|luật sư|kiến trúc sư"
    ),
    _I,
)
HIGHER_BODIES = re.compile(
    phrase(
        "Trung ương|Chính phủ|Thủ tướng|Thủ tướng Chính phủ|Quốc hội|Bộ Chính trị|Ban Bí thư"
        "|Ban Chỉ đạo Trung ương|Ủy ban Thường vụ Quốc hội|các bộ|Bộ [A-ZĐ]\\w+|Văn phòng Chính phủ"
        "|các bộ, ngành"
    )
)
PROPOSE = re.compile(phrase("kiến nghị|đề xuất|đề nghị"), _I)
FUTURE = re.compile(
    phrase(
        "sẽ|dự kiến|phấn đấu|đặt mục tiêu|kế hoạch|đề xuất|hướng tới|hướng đến|quyết tâm|mục tiêu"
        "|định hướng|thời gian tới|sắp tới|từ nay đến|cam kết|đặt ra|đến cuối năm|đến hết"
    ),
    _I,
)

# ------------------------------------------------------------------ headings and frames
LIST_FOLLOWS = re.compile(
    r"(?:các\s+|một\s+số\s+|những\s+)?(?:nhiệm\s+vụ|nội\s+dung|việc|công\s+việc|giải\s+pháp|công\s+tác"
    r"|yêu\s+cầu)[^.:;]{0,80}?\s*(?:sau(?:\s+đây)?|như\s+sau|cụ\s+thể|trọng\s+tâm|dưới\s+đây)\s*:",
    _I,
)
TASK_SECTION = re.compile(
    phrase(
        "nhiệm vụ|giải pháp|tổ chức thực hiện|phân công|nội dung thực hiện|ý kiến chỉ đạo|kết luận"
        "|yêu cầu|trách nhiệm|phương hướng"
    ),
    _I,
)
OTHER_SECTION = re.compile(
    phrase(
        "mục đích|kết quả|đánh giá|tình hình|tồn tại|hạn chế|nguyên nhân|mục tiêu|quan điểm|căn cứ"
        "|sự cần thiết|thực trạng|bối cảnh|nơi nhận|phạm vi|đối tượng|kinh phí"
    ),
    _I,
)
PLAN_FRAME = re.compile(
    phrase(
        "định hướng|thời gian tới|phương hướng|sắp tới|kế hoạch năm|mục tiêu năm|giai đoạn tới|trong năm tới"
    ),
    _I,
)
NOT_RUNNING_TEXT = re.compile(
    r"\A(?:Căn\s+cứ|Nơi\s+nhận|Kính\s+gửi|Theo\s+đề\s+nghị|Xét\s+đề\s+nghị|KT\.|TM\.|TL\.|TUQ\."
    r"|CỘNG\s+H[OÒ]À|Độc\s+lập|Ảnh|ẢNH|Số\s*:|Lưu\s*:)",
    re.IGNORECASE,
)
TITLE_OF_DECISION = re.compile(
    r"chịu\s+trách\s+nhiệm\s+(?:thi\s+hành|thực\s+hiện\s+(?:Quyết\s+định|Nghị\s+quyết))"
    r"|có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+ngày|\A(?:Quyết\s+định|Nghị\s+quyết|Chỉ\s+thị"
    r"|Kế\s+hoạch|Quy\s+chế)\s+này",
    _I,
)
ONLY_DEADLINE = re.compile(
    r"\A(?:Thời\s+(?:gian|hạn)(?:\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo))?\s*:?"
    r"|(?:Phải\s+)?Hoàn\s+(?:thành|tất)(?:\s+(?:việc\s+này|nhiệm\s+vụ\s+này|các\s+nội\s+dung\s+trên))?"
    r"|Tiến\s+độ\s*:?|Hạn\s*:?|Xong)\s+",
    _I,
)
