"""The leader's board: what it says, what it does not conclude, and what it costs."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders

from dodem.access.roles import Role
from dodem.boards.decisions import merged
from dodem.boards.scales import FIRST
from dodem.directives.queries import DecisionNeeded
from dodem.units.models import Unit
from tests import factories
from tests.factories import CITY, HEALTH, SAI_GON, THU_DAU_MOT
from tests.web import walk_one, walk_two
from tests.web.boards_figures import NOW, TODAY, a_release, figure, figures, heard, whole_city

pytestmark = pytest.mark.django_db

BOARD = "/bang/"
LIMIT = 150 * 1024  # bytes of a first visit, compressed


@pytest.fixture
def leader(client_for):
    return client_for(factories.user(role=Role.LEADER))


def text_of(answer):
    """What a person reads: without tags, white space squeezed."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def communes():
    return list(Unit.objects.commune_level().valid(on=TODAY).in_order())


# What it says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_a_centre_without_figures_says_what_to_do_first(role, client_for):
    answer = client_for(factories.user(role=role)).get(BOARD)

    assert answer.status_code == 200
    assert "chưa công bố số liệu nào" in text_of(answer)
    assert 'id="ban-do"' not in answer.content.decode()


def test_only_who_may_deliver_is_offered_to_deliver_first(client_for):
    steward = client_for(factories.user(role=Role.DATA_STEWARD)).get(BOARD)
    leader = client_for(factories.user(role=Role.LEADER)).get(BOARD)

    assert "Nạp tệp dữ liệu đầu tiên" in text_of(steward)
    assert "Nạp tệp dữ liệu đầu tiên" not in text_of(leader)


def test_a_delivered_file_reaches_the_board_and_its_number_opens_to_the_same_figure(
    leader, tmp_path, settings
):
    walk_one.open_centre(tmp_path, settings)
    due, back = f"{TODAY - timedelta(days=1)}", f"{TODAY - timedelta(days=2)}"
    first = TODAY.replace(day=1)
    if TODAY - timedelta(days=1) < first:  # on the first of a month nothing has fallen due yet
        due = back = f"{first}"
    rows = [
        walk_one.dossier(n, due=due, returned=back, received=f"{first - timedelta(days=20)}")
        for n in range(11)
    ]
    rows.append(walk_one.dossier(99, due=due, returned="", received=f"{first - timedelta(days=20)}"))
    walk_one.drop("ho-so.csv", walk_one.file_of(*rows))
    walk_one.round_of_work(NOW)

    board = leader.get(BOARD).content.decode()

    block = board[board.index('id="ho-so"') :]
    address, shown = re.search(r'class="fig__v"><a class="num" href="([^"]+)"[^>]*>([^<]+)<', block).groups()
    assert shown in {"91,7%", "100,0%"}
    assert shown in leader.get(address).content.decode()


def test_the_sentence_is_made_of_the_figures_and_each_of_them_opens(leader):
    release = a_release()
    late = figure(release, "tasks_overdue", CITY, 38)
    figure(release, "tasks_total", CITY, 1264)
    on_time = figure(release, "feedback_on_time", CITY, 944, 1000)

    answer = leader.get(BOARD)

    assert "38 trên 1.264 nhiệm vụ đang quá hạn" in text_of(answer)
    assert "Phản ánh xử lý đúng hạn 94,4% ." in text_of(answer)
    for observation in (late, on_time):
        assert f'href="{observation.get_absolute_url()}"' in answer.content.decode()
        assert leader.get(observation.get_absolute_url()).status_code == 200


def test_nothing_is_concluded_from_a_source_that_has_gone_silent(leader):
    release = a_release()
    figure(release, "feedback_on_time", CITY, 944, 1000)
    figure(release, "dossiers_on_time", CITY, 90, 100)
    heard("cases", NOW - timedelta(days=9))

    shown = text_of(leader.get(BOARD))

    assert "Phản ánh xử lý đúng hạn 94,4%" not in shown.split("Cần quyết hôm nay")[0]
    assert "Chưa kết luận về “Phản ánh xử lý đúng hạn”" in shown
    assert "im lặng" in shown
    assert "số gần nhất là 94,4%" in shown
    assert "Hồ sơ trả đúng hạn 90,0%" in shown


def test_what_the_city_published_is_cited_and_not_called_sample(leader, settings):
    settings.DODEM_SAMPLE = True
    figure(a_release(), "dossiers_on_time", CITY, 90, 100)

    board = leader.get(BOARD).content.decode()

    quoted = board[board.index("Đã công bố, năm 2025") : board.index('id="ngan-sach"')]
    assert "99,44%" in quoted
    assert "gần 96%" in quoted
    assert "Báo Pháp Luật TP.HCM" in quoted
    assert "dữ liệu mẫu" not in quoted
    assert "dữ liệu mẫu" in board


def test_a_change_is_told_in_points_for_a_share_and_not_at_all_where_too_few_stand_behind_it(leader):
    release = a_release()
    last_month = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1)
    figure(release, "feedback_on_time", CITY, 900, 1000, month=last_month)
    figure(release, "feedback_on_time", CITY, 944, 1000)
    figure(release, "dossiers_on_time", CITY, 5, 9, month=last_month)
    figure(release, "dossiers_on_time", CITY, 90, 100)

    shown = text_of(leader.get(BOARD))

    assert "tăng 4,4\u00a0điểm so với tháng trước" in shown or "tăng 4,4 điểm so với tháng trước" in shown
    assert shown.count("so với tháng trước") == 1


# The map -----------------------------------------------------------------------------------------------


def test_the_map_paints_ranks_and_hatches_by_written_rules(leader):
    release = a_release()
    good, bad, few, *_ = communes()
    figures(release, "dossiers_on_time", [(good, 40, 40), (bad, 20, 40), (few, 0, 9)])

    block = leader.get(
        f"{BOARD}?chi-so=dossiers_on_time", headers={"HX-Request": "true", "HX-Target": "ban-do"}
    )
    shown = block.content.decode()

    assert "<html" not in shown
    assert f'aria-label="{good.name}: 100,0% (40/40), hạng 1/2"' in shown
    assert re.search(rf'aria-label="{bad.name}: 50,0% \(20/40\), hạng 2/2"[^>]*><path class="h5"', shown)
    assert re.search(rf'aria-label="{few.name}: ít \(0/9\)"[^>]*><path fill="url\(#map-hatch\)"', shown)
    assert shown.count("chưa có số") >= 165
    assert f"So được 2/{len(communes())} đơn vị" in text_of(block)


def test_an_indicator_that_the_map_does_not_know_falls_back_to_the_first(leader):
    a_release()

    answer = leader.get(f"{BOARD}?chi-so=khong-co")

    assert answer.status_code == 200
    assert f'<option value="{FIRST}" selected>' in answer.content.decode()


# Decisions ---------------------------------------------------------------------------------------------


def decision(code, days):
    return DecisionNeeded("overdue", code, code, "#", "Sở Y tế", "", "late", "", TODAY, days)


def test_neither_tasks_nor_reports_crowd_the_other_out_of_the_short_list():
    tasks = [decision(f"NV-{days}", days) for days in range(30, 20, -1)]
    cases = [decision("PA-1", 2), decision("PA-2", 1)]

    chosen = [one.code for one in merged(tasks, cases)]

    assert len(chosen) == 7
    assert {"PA-1", "PA-2"} <= set(chosen)
    assert chosen[0] == "NV-30"
    assert chosen[-1] == "PA-2"


def test_an_overdue_task_asks_for_a_decision_and_a_task_due_soon_stands_on_its_day(leader):
    figure(a_release(), "tasks_total", CITY, 2)
    walk_two.task(unit=HEALTH, due_on=TODAY - timedelta(days=4), title="Kết nối dữ liệu khám bệnh", at=NOW)
    walk_two.task(unit=HEALTH, due_on=TODAY + timedelta(days=2), title="Việc sắp tới", at=NOW)

    answer = leader.get(BOARD)

    shown = text_of(answer)
    assert "Hôm nay có 1 việc cần quyết" in shown
    assert "Kết nối dữ liệu khám bệnh Quá 4 ngày" in shown
    assert f"1 việc đến hạn từ nay đến {TODAY + timedelta(days=7):%d/%m}" in shown


def test_an_officer_of_one_ward_sees_the_board_without_the_work_of_others(client_for):
    figure(a_release(), "tasks_total", CITY, 1)
    walk_two.task(unit=HEALTH, due_on=TODAY - timedelta(days=4), at=NOW)

    shown = text_of(client_for(factories.user(role=Role.OFFICER, unit=THU_DAU_MOT)).get(BOARD))

    assert "Kết nối dữ liệu khám bệnh" not in shown
    assert "không có việc nào chờ quyết" in shown


# Cost --------------------------------------------------------------------------------------------------


def test_a_full_city_costs_at_most_fifteen_queries(leader, django_assert_max_num_queries):
    whole_city(a_release())
    for number in range(20):
        walk_two.task(unit=HEALTH, due_on=TODAY - timedelta(days=number), at=NOW)
    leader.get(BOARD)

    with django_assert_max_num_queries(15):
        answer = leader.get(BOARD)

    assert answer.status_code == 200
    assert "15 sở, ngành" in text_of(answer)


def test_choosing_another_colour_costs_less_than_the_board(leader, django_assert_max_num_queries):
    whole_city(a_release())
    leader.get(BOARD)

    with django_assert_max_num_queries(8):
        leader.get(f"{BOARD}?chi-so=dossiers_on_time", headers={"HX-Request": "true", "HX-Target": "ban-do"})


def test_a_first_visit_weighs_at_most_150_kilobytes_with_fonts(leader):
    whole_city(a_release())
    page = leader.get(BOARD).content

    named = {unquote(name) for name in re.findall(r'(?:href|src)="/static/([^"#?]+)', page.decode())}
    for sheet in [name for name in named if name.endswith(".css")]:
        fonts = re.findall(r'url\("?([^")]+\.woff2)', Path(finders.find(sheet)).read_text("utf-8"))
        named |= {str(Path(sheet).parent / font) for font in fonts}
    weights = {"page": len(gzip.compress(page))}
    for name in named:
        content = Path(finders.find(name)).read_bytes()
        weights[name] = len(content if name.endswith(".woff2") else gzip.compress(content))

    assert sum(name.endswith(".woff2") for name in weights) == 2
    assert sum(weights.values()) <= LIMIT, sorted(weights.items(), key=lambda item: -item[1])


def test_units_that_ended_are_neither_on_the_map_nor_in_its_count(leader):
    from dodem.units import actions as units

    release = a_release()
    gone, kept = factories.unit(SAI_GON), factories.unit(THU_DAU_MOT)
    figures(release, "tasks_overdue", [(gone, 3, None), (kept, 1, None)])
    before = len(communes())
    units.merge_units(units=[gone], into=kept, from_on=TODAY, clause="Điều 1", by=None, at=NOW)

    answer = leader.get(f"{BOARD}?chi-so=tasks_overdue")

    assert f"{before - 1} phường, xã, đặc khu" in text_of(answer)
    assert f'aria-label="{gone.name}:' not in answer.content.decode()
