from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dodem.reading.cli import city_directory
from dodem.reading.tasks import ProposedTask, propose_tasks
from dodem.reading.units import UnitDirectory, canonical
from dodem.vietnam.calendar import WorkingCalendar
from tests.reading.samples import IOU, Sample, load_samples, overlap_ratio

DOC = date(2026, 5, 20)
SAMPLES = load_samples()


def propose(text: str, directory: UnitDirectory, calendar: WorkingCalendar) -> list[ProposedTask]:
    return propose_tasks(text, doc_date=DOC, directory=directory, calendar=calendar)


def pairs(sample: Sample, tasks: list[ProposedTask]) -> list[tuple[object, ProposedTask]]:
    matched = []
    for answer in sample.answers:
        best = max(
            tasks, key=lambda t: overlap_ratio((t.start, t.end), (answer.start, answer.end)), default=None
        )
        if best and overlap_ratio((best.start, best.end), (answer.start, answer.end)) >= IOU:
            matched.append((answer, best))
    return matched


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_a_sample_paper_is_read_as_its_marks_say(
    sample: Sample, directory: UnitDirectory, calendar: WorkingCalendar
) -> None:
    tasks = propose_tasks(sample.text, doc_date=sample.doc_date, directory=directory, calendar=calendar)
    matched = pairs(sample, tasks)
    assert len(matched) == len(sample.answers), "a marked task was missed"
    assert len(tasks) == len(sample.answers), "a task was invented"
    for answer, task in matched:
        assert (task.deadline.notation if task.deadline else "none") == answer.due
        assert task.modality == answer.modality
        assert {canonical(m.name) for m in task.coordinating} == {canonical(n) for n in answer.coordinating}
        if answer.lead:
            assert [canonical(m.name) for m in task.lead] == [canonical(n) for n in answer.lead]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.name)
def test_every_drafted_part_points_at_the_words_it_came_from(
    sample: Sample, directory: UnitDirectory, calendar: WorkingCalendar
) -> None:
    for task in propose_tasks(sample.text, doc_date=sample.doc_date, directory=directory, calendar=calendar):
        assert sample.text[task.start : task.end] == task.text
        assert task.action
        assert len(task.action) <= 141
        for mention in (*task.lead, *task.coordinating):
            assert sample.text[mention.start : mention.end].strip() == mention.text.strip()
        if task.deadline:
            assert task.deadline.phrase in sample.text[task.deadline.start : task.deadline.end]
        if task.target:
            assert sample.text[task.target.start : task.target.end] == task.target.text
        assert set(task.sureness) == {"span", "lead", "coordinating", "deadline", "programmes", "target"}
        assert all(0 <= sureness.score <= 1 for sureness in task.sureness.values())


ORDERS = [
    ("Ông Lê Mẫu yêu cầu Sở Y tế rà soát danh mục thuốc.", "Sở Y tế rà soát danh mục thuốc"),
    ("Các sở phải công khai quy trình nội bộ trên cổng.", "Các sở phải công khai quy trình nội bộ trên cổng"),
    (
        "Chủ tịch yêu cầu trong tháng 6 phải hoàn thành việc bàn giao hồ sơ.",
        "trong tháng 6 phải hoàn thành việc bàn giao hồ sơ",
    ),
    (
        "Bên cạnh đó, thành phố cần đẩy nhanh việc đấu nối dữ liệu.",
        "thành phố cần đẩy nhanh việc đấu nối dữ liệu",
    ),
    (
        "Sở Du lịch được giao xây dựng bản đồ số điểm đến.",
        "Sở Du lịch được giao xây dựng bản đồ số điểm đến",
    ),
    (
        "Dự kiến, thành phố sẽ vận hành 12 trạm đo trong quý III/2026.",
        "thành phố sẽ vận hành 12 trạm đo trong quý III/2026",
    ),
]


@pytest.mark.parametrize(("text", "span"), ORDERS)
def test_an_order_or_dated_promise_is_proposed(
    text: str, span: str, directory: UnitDirectory, calendar: WorkingCalendar
) -> None:
    (task,) = propose(text, directory, calendar)
    assert task.text.endswith(span)


NO_ORDERS = [
    "Thành phố đã hoàn thành kết nối 20 nền tảng dùng chung trong năm 2025.",
    "Thành phố kiến nghị Chính phủ cho phép thí điểm cơ chế mới trong năm 2026.",
    "Đại biểu đề nghị Sở Xây dựng sớm sửa tuyến đường trước trường học.",
    "Quyết định này có hiệu lực kể từ ngày ký.",
    "Việc chuyển đổi số đáp ứng yêu cầu phát triển của thành phố.",
    "Một góc phòng trưng bày thiết bị học đường",
    "Hội nghị diễn ra sáng 20-5 với sự tham dự của lãnh đạo Sở Y tế.",
    "Kết quả đạt được còn hạn chế, nhiều nơi chưa triển khai.",
]


@pytest.mark.parametrize("text", NO_ORDERS)
def test_results_requests_upwards_and_descriptions_are_no_tasks(
    text: str, directory: UnitDirectory, calendar: WorkingCalendar
) -> None:
    assert propose(text, directory, calendar) == []


def test_items_inherit_the_body_that_heads_their_list(
    directory: UnitDirectory, calendar: WorkingCalendar
) -> None:
    text = (
        "Giao Sở Tư pháp:\n- Rà soát văn bản quy phạm về hộ tịch.\n- Biên soạn sổ tay nghiệp vụ cho cấp xã."
    )
    tasks = propose(text, directory, calendar)
    assert [[m.name for m in t.lead] for t in tasks] == [["Sở Tư pháp"], ["Sở Tư pháp"]]
    assert all(t.sureness["lead"].rule in ("đề mục", "câu dẫn") for t in tasks)


def test_a_deadline_in_a_sentence_of_its_own_belongs_to_the_task_before_it(
    directory: UnitDirectory, calendar: WorkingCalendar
) -> None:
    (task,) = propose(
        "Yêu cầu Sở Nội vụ rà soát vị trí việc làm ở các phường. Hoàn thành trước ngày 15/6/2026.",
        directory,
        calendar,
    )
    assert task.deadline is not None
    assert task.deadline.notation == "2026-06-15"
    assert task.text.endswith("15/6/2026")


def test_semicolons_part_deliverables_and_the_second_keeps_the_lead(
    directory: UnitDirectory, calendar: WorkingCalendar
) -> None:
    first, second = propose(
        "Yêu cầu Sở Công Thương lập danh sách kho lạnh; công bố giá thuê kho trước ngày 1/7/2026.",
        directory,
        calendar,
    )
    assert first.deadline is None
    assert [m.name for m in second.lead] == ["Sở Công Thương"]
    assert second.sureness["lead"].score < first.sureness["lead"].score


def test_a_programme_named_in_the_sentence_wins_over_the_frame(
    directory: UnitDirectory, calendar: WorkingCalendar
) -> None:
    text = (
        "Hội nghị về Nghị quyết 57.\nYêu cầu các sở triển khai Đề án 06 tại bộ phận một cửa.\n"
        "Yêu cầu các sở cập nhật tiến độ lên hệ thống theo dõi."
    )
    named, framed = propose(text, directory, calendar)
    assert named.programmes == ("ĐA06",)
    assert "NQ57" in framed.programmes


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="giao Sở Ytế,;.:\n“”()0123/%-aăđ", max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for task in propose_tasks(text, doc_date=DOC, directory=city_directory()):
        assert text[task.start : task.end] == task.text
