"""The table of units, the page of one, what became of one that ended, and the true outlines."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from dodem.access.roles import Role
from dodem.boards import outlines
from dodem.boards.comparing import position
from dodem.boards.peers import BAND_AT, LEAST, group_of
from dodem.indicators.queries import by_unit
from dodem.units.models import Kind, Outline, Unit
from tests import factories
from tests.factories import BEN_THANH, HEALTH, SAI_GON, THU_DAU_MOT
from tests.web import walk_two
from tests.web.boards_figures import NOW, TODAY, a_release, figure, figures, whole_city
from tests.web.feedback_cases import a_case

pytestmark = pytest.mark.django_db

UNITS = "/don-vi/"


@pytest.fixture
def leader(client_for):
    return client_for(factories.user(role=Role.LEADER))


@pytest.fixture
def living():
    return list(Unit.objects.valid(on=TODAY).exclude(kind__in=[Kind.CITY, Kind.GROUP]).in_order())


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def names_in(answer):
    return re.findall(r'<a href="/don-vi/[^"]+/" data-row>([^<]+)</a>', answer.content.decode())


# The table ---------------------------------------------------------------------------------------------


def test_the_table_of_all_units_costs_at_most_eight_queries(leader, django_assert_max_num_queries):
    whole_city(a_release())
    leader.get(UNITS)

    with django_assert_max_num_queries(8):
        assert leader.get(UNITS).status_code == 200


def test_a_former_name_without_marks_finds_the_unit_of_today_and_says_why(leader):
    answer = leader.get(f"{UNITS}?q=ben nghe")

    assert names_in(answer)[0] == "Phường Sài Gòn"
    assert "gồm toàn bộ Phường Bến Nghé cũ" in text_of(answer)


def test_the_table_is_narrowed_by_kind_and_by_former_province(leader):
    departments = names_in(leader.get(f"{UNITS}?loai=so-nganh"))
    wards = leader.get(f"{UNITS}?loai=phuong&khu-vuc=Bình Dương")

    assert len(departments) == 15
    assert len(names_in(wards)) == 24
    assert "Phường Thủ Dầu Một" in names_in(wards)


def test_sorting_puts_what_cannot_be_compared_last_in_either_direction(leader):
    release = a_release()
    good, bad, few = (factories.unit(code) for code in (SAI_GON, BEN_THANH, THU_DAU_MOT))
    figures(release, "dossiers_on_time", [(good, 40, 40), (bad, 20, 40), (few, 0, 9)])

    rising = names_in(leader.get(f"{UNITS}?sort=dossiers_on_time"))
    falling = names_in(leader.get(f"{UNITS}?sort=-dossiers_on_time"))

    assert rising[:2] == [bad.name, good.name]
    assert falling[:2] == [good.name, bad.name]


def test_nothing_found_is_said_and_not_an_empty_table(leader):
    answer = leader.get(f"{UNITS}?q=khong co don vi nay")

    assert "Không có đơn vị nào khớp" in text_of(answer)


def test_the_file_holds_every_unit_and_what_stands_behind_each_share(leader):
    figure(a_release(), "dossiers_on_time", SAI_GON, 36, 40)

    written = b"".join(leader.get("/don-vi/tep.csv").streaming_content).decode()

    lines = written.splitlines()
    assert written.startswith("\ufeff")
    assert len(lines) == 1 + 168 + 15
    assert '"90,0%","36/40"' in next(line for line in lines if '"26740"' in line)


# One unit ----------------------------------------------------------------------------------------------


def test_peers_are_of_one_kind_one_former_province_and_one_side_of_the_band(living):
    for unit in living:
        group = group_of(unit, living)
        assert unit in group.units
        assert {other.kind for other in group.units} == {unit.kind}
        assert group.count >= LEAST or unit.kind == Kind.SPECIAL_ZONE
        if "nghìn dân" in group.definition:
            side = (unit.population or 0) >= BAND_AT
            assert all(((other.population or 0) >= BAND_AT) == side for other in group.units)
        assert str(group.count) in group.definition


def test_the_position_counts_only_those_that_can_be_compared(living):
    release = a_release()
    wards = [unit for unit in living if unit.kind == Kind.WARD][:5]
    shares = [40, 38, 36, 36, 9]
    figures(release, "dossiers_on_time", zip(wards, shares, [40, 40, 40, 40, 9], strict=True))
    found = {one.unit.code: one for one in by_unit("dossiers_on_time", period=TODAY.replace(day=1), now=NOW)}
    peers = [found[unit.code] for unit in wards]

    third = position(peers[2], peers)

    assert (third.rank, third.count, third.median) == (3, 4, Decimal("92.5"))
    assert position(peers[3], peers).rank == 3
    assert position(peers[4], peers) is None
    assert position(peers[0], peers).is_above_median
    assert position(peers[0], peers[:2]) is None, "two are no group"


def test_the_page_says_where_the_unit_stands_and_what_is_too_few_to_say(leader, living):
    release = a_release()
    own = factories.unit(SAI_GON)
    group = group_of(own, living)
    figures(release, "dossiers_on_time", [(unit, 20 if unit == own else 39, 40) for unit in group.units])
    figure(release, "feedback_on_time", SAI_GON, 2, 3)
    figure(release, "tasks_overdue", SAI_GON, 2)

    shown = text_of(leader.get(f"{UNITS}{SAI_GON}/"))

    assert group.definition in shown
    assert f"hạng {group.count}/{group.count}" in shown
    assert "2 nhiệm vụ đang quá hạn" in shown
    assert "ít trường hợp, không xếp hạng" in shown


def test_a_unit_without_any_figure_says_so_and_breaks_nothing(leader):
    for code in (SAI_GON, HEALTH, "26732"):
        assert "Chưa có bản số liệu nào" in text_of(leader.get(f"{UNITS}{code}/"))
    a_release()
    for code in (SAI_GON, HEALTH, "26732"):
        assert "chưa có số" in text_of(leader.get(f"{UNITS}{code}/"))


def test_people_of_the_unit_see_their_work_before_the_comparison(client_for):
    figure(a_release(), "tasks_total", SAI_GON, 1)
    walk_two.task(unit=SAI_GON, due_on=TODAY - timedelta(days=4), title="Rà soát dữ liệu dân cư", at=NOW)
    case = a_case(at=NOW)

    own = (
        client_for(factories.user(role=Role.OFFICER, unit=SAI_GON)).get(f"{UNITS}{SAI_GON}/").content.decode()
    )
    other = (
        client_for(factories.user(role=Role.OFFICER, unit=THU_DAU_MOT))
        .get(f"{UNITS}{SAI_GON}/")
        .content.decode()
    )

    assert own.index('id="viec"') < own.index('id="vi-tri"')
    assert other.index('id="viec"') > other.index('id="vi-tri"')
    assert "Rà soát dữ liệu dân cư" in own
    assert "Rà soát dữ liệu dân cư" not in other
    assert case.category_title in own
    assert f"don-vi={SAI_GON}" in own
    assert f"don-vi={SAI_GON}" not in other


def test_the_page_of_a_unit_in_a_full_city_keeps_its_query_budget(leader, django_assert_max_num_queries):
    whole_city(a_release())
    leader.get(f"{UNITS}{SAI_GON}/")

    with django_assert_max_num_queries(20):
        leader.get(f"{UNITS}{SAI_GON}/")


def test_the_city_and_its_groups_lead_to_their_boards_and_an_unknown_code_to_nothing(leader):
    assert leader.get(f"{UNITS}79/").url == "/bang/"
    assert leader.get(f"{UNITS}79-CX/").url == UNITS
    assert leader.get(f"{UNITS}00000/").status_code == 404


# What became of it ---------------------------------------------------------------------------------------


def test_the_page_of_a_former_unit_says_what_became_of_it_and_leads_there(leader):
    former = Unit.objects.get(name="Phường Bến Nghé", valid_to__isnull=False)

    answer = leader.get(f"{UNITS}cu/{former.pk}/")

    shown = text_of(answer)
    assert "Phường Bến Nghé kết thúc ngày 30/06/2025" in shown
    assert "Phường Sài Gòn nhận toàn bộ" in shown
    successor = re.search(r'href="(/don-vi/cu/\d+/)">Phường Sài Gòn', answer.content.decode()).group(1)
    assert leader.get(successor).url == f"{UNITS}{SAI_GON}/"


def test_the_page_of_a_unit_tells_what_it_was_made_of(leader):
    shown = text_of(leader.get(f"{UNITS}{SAI_GON}/"))

    assert "Được lập từ" in shown
    assert "Phường Bến Nghé" in shown


# True outlines -------------------------------------------------------------------------------------------

SQUARE = [[106.0, 10.0], [107.0, 10.0], [107.0, 11.0], [106.0, 11.0], [106.0, 10.0]]
NEXT = [[107.0, 10.0], [107.5, 10.0], [108.0, 10.0], [108.0, 11.0], [107.0, 11.0], [107.0, 10.0]]


def corners_of(path):
    """The points of one ring of path data: "Mx y l dx dy dx dy … z"."""
    x, y, *steps = map(int, re.findall(r"-?\d+", path))
    corners = [(x, y)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        corners.append((x, y))
    return corners


def test_neighbours_share_their_border_and_points_on_a_line_are_dropped():
    drawing = outlines.draw({"a": [[SQUARE]], "b": [[NEXT]]}, apart=set())

    corners = {code: corners_of(path) for code, path in drawing.paths.items()}
    assert len(corners["a"]) == len(corners["b"]) == 4, "the point half way along b's edge is gone"
    assert len(set(corners["a"]) & set(corners["b"])) == 2


def test_islands_far_out_are_put_into_a_box_without_stretching_the_map():
    far = [[point[0] + 20, point[1] - 5] for point in SQUARE]

    drawing = outlines.draw({"a": [[SQUARE]], "b": [[far]]}, apart={"b"})

    assert drawing.frame is not None
    assert drawing.width == outlines.WIDE + 2 * outlines.MARGIN


def test_a_shape_smaller_than_the_grid_is_still_a_dot():
    speck = [[106.5, 10.5], [106.5001, 10.5], [106.5001, 10.5001], [106.5, 10.5]]

    assert outlines.draw({"a": [[SQUARE]], "b": [[speck]]}, apart=set()).paths["b"].startswith("M")


def test_the_true_map_is_offered_only_where_outlines_were_imported(leader):
    figure(a_release(), "tasks_overdue", SAI_GON, 3)
    assert "Bản đồ thật" not in text_of(leader.get("/bang/"))

    Outline.objects.create(unit=factories.unit(SAI_GON), rings=[[SQUARE]], source="thử", imported_at=NOW)
    with_tiles = leader.get("/bang/?chi-so=tasks_overdue")
    with_outlines = leader.get("/bang/?chi-so=tasks_overdue&ban-do=that")

    assert "Bản đồ thật" in text_of(with_tiles)
    assert with_outlines.content.decode().count('aria-label="Phường Sài Gòn: 3') == 1
    assert 'name="ban-do" value="that"' in with_outlines.content.decode()
