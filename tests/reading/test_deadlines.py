from datetime import date

import pytest

from dodem.reading.deadlines import read_deadline
from dodem.reading.notation import ReadDeadline
from dodem.vietnam.calendar import WorkingCalendar

DOC = date(2026, 5, 20)

# sentence, notation; the paper is of 20 May 2026, a Wednesday
SENTENCES = [
    # by a day
    ("Gửi báo cáo chậm nhất ngày 12/6/2026.", "2026-06-12"),
    ("Nộp hồ sơ trước 17 giờ 00 ngày 29 tháng 5 năm 2026.", "2026-05-29"),
    ("Bàn giao mặt bằng không muộn hơn ngày 30-6.", "2026-06-30"),
    ("Thời hạn hoàn thành: 15/8/2026.", "2026-08-15"),
    ("Kéo dài đợt cao điểm đến hết ngày 2/9.", "2026-09-02"),
    ("Sửa xong đường truyền trong hôm nay.", "2026-05-20"),
    # before a period is before it begins
    ("Nghiệm thu hệ thống trước tháng 8/2026.", "2026-07-31"),
    ("Trình đề án trước quý IV/2026.", "2026-09-30"),
    ("Chấm dứt hồ sơ giấy trước năm 2027.", "2026-12-31"),
    ("Hoàn thành di dời trước Tết Nguyên đán 2027.", "2027-02-05"),
    # in a period is by its end
    ("Tập huấn cán bộ trong tháng 7.", "2026-07-31"),
    ("Khai trương trung tâm vào đầu tháng 6/2026.", "2026-06-10"),
    ("Ban hành quy chế ngay trong tuần này.", "2026-05-24"),
    ("Lắp đặt xong trong quý III năm 2026.", "2026-09-30"),
    ("Tổng kiểm kê đến cuối năm 2026.", "2026-12-31"),
    ("Thí điểm trong năm 2027.", "2027-12-31"),
    ("Phấn đấu đến năm 2030 mọi trường có mạng riêng.", "2030-12-31"),
    # periods
    ("Cao điểm từ ngày 1/7 đến 31/7/2026.", "2026-07-01/2026-07-31"),
    ("Trực ban từ nay đến hết tháng 6/2026.", "2026-05-20/2026-06-30"),
    ("Áp dụng biểu mẫu mới từ ngày 01/7/2026.", "2026-07-01/.."),
    # after an event
    ("Giải trình trong vòng 7 ngày kể từ ngày ký Công văn này.", "2026-05-27"),
    ("Lập tổ công tác trong 05 ngày làm việc kể từ ngày ban hành.", "2026-05-27"),
    ("Trả lời trong thời hạn 3 ngày làm việc kể từ khi nhận được phản ánh.", "P3BD@receipt"),
    ("Rà soát lại sau 2 tháng kể từ khi Nghị quyết có hiệu lực.", "P2M@effect"),
    ("Công bố kết quả chậm nhất 10 ngày kể từ ngày 1/6/2026.", "2026-06-11"),
    ("Tiếp nhận xử lý trong vòng 24 giờ.", "2026-05-21"),
    # recurring
    ("Báo cáo định kỳ hằng tháng, trước ngày 25.", "R/month/25"),
    ("Gửi số liệu trước ngày 5 hàng tháng.", "R/month/05"),
    ("Họp giao ban sáng thứ hai hằng tuần.", "R/week/mon"),
    ("Tổng hợp, báo cáo hằng quý.", "R/quarter"),
    ("Sơ kết 6 tháng một lần.", "R/6month"),
    ("Đánh giá lại trước ngày 15/12 hằng năm.", "R/year/12-15"),
    ("Báo cáo định kỳ 6 tháng, hằng năm.", "R/6month,R/year"),
    # no day
    ("Thường xuyên cập nhật dữ liệu.", "continuous"),
    ("Khẩn trương bố trí kinh phí.", "asap"),
    ("Xử lý ngay các kiến nghị tồn đọng.", "asap"),
    ("Sớm ban hành quy chế.", "asap"),
]


def read(sentence: str, calendar: WorkingCalendar) -> ReadDeadline | None:
    return read_deadline(sentence, doc_date=DOC, calendar=calendar)


@pytest.mark.parametrize(("sentence", "notation"), SENTENCES)
def test_each_line_of_the_deadline_grammar(sentence: str, notation: str, calendar: WorkingCalendar) -> None:
    deadline = read(sentence, calendar)
    assert deadline is not None
    assert deadline.notation == notation
    assert sentence[deadline.start : deadline.end].strip() == deadline.phrase


NOT_DEADLINES = [
    "Thực hiện theo Thông báo số 88/TB-VP ngày 02/6/2026 của Văn phòng.",
    "Luật này có hiệu lực từ ngày 01/7/2026.",
    "Phân bổ vốn đầu tư năm 2026 cho các phường.",
    "Tính đến ngày 15/5/2026 đã số hóa 80% hồ sơ.",
    "Sửa các lỗi thanh tra đã nêu trong năm 2025.",
    "Từ đầu năm đến nay thành phố tiếp nhận nhiều phản ánh.",
    "Rà soát quy trình theo quy định.",
    "Phát triển hệ thống cảnh báo sớm.",
    "Xây dựng Đề án hạ tầng dữ liệu đến năm 2030, tầm nhìn 2045.",
    "Mỗi tuần có 1,2 triệu lượt khách.",
]


@pytest.mark.parametrize("sentence", NOT_DEADLINES)
def test_what_names_a_time_without_setting_one_is_no_deadline(
    sentence: str, calendar: WorkingCalendar
) -> None:
    assert read(sentence, calendar) is None


def test_a_day_wins_over_urgency_in_the_same_sentence(calendar: WorkingCalendar) -> None:
    deadline = read("Khẩn trương rà soát, hoàn thành trước ngày 1/6.", calendar)
    assert deadline is not None
    assert deadline.notation == "2026-06-01"


def test_working_days_skip_holidays(calendar: WorkingCalendar) -> None:
    deadline = read_deadline(
        "Báo cáo trong 03 ngày làm việc kể từ ngày ký.", doc_date=date(2026, 4, 29), calendar=calendar
    )
    assert deadline is not None
    assert deadline.due_on == date(2026, 5, 6)


def test_a_bare_period_counts_only_where_a_cell_or_phrase_is_asked_for(calendar: WorkingCalendar) -> None:
    assert read("Quý III/2026", calendar) is None
    cell = read_deadline("Quý III/2026", doc_date=DOC, calendar=calendar, within=(0, 12))
    assert cell is not None
    assert cell.notation == "2026-09-30"


def test_a_reading_says_which_rule_and_how_sure(calendar: WorkingCalendar) -> None:
    deadline = read("Hoàn thành chậm nhất ngày 12/6/2026.", calendar)
    assert deadline is not None
    assert deadline.rule == "by"
    assert deadline.sureness > 0.9
