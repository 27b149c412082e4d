"""What the charts draw: gaps for what is not known, safe text, and the same classes in every theme."""

from xml.etree import ElementTree

import pytest
from django.utils import translation

from dodem.pages import charts, hexmap, lines
from dodem.pages.charts import Beat, Part
from dodem.pages.ramps import Bad, Ramp
from dodem.vietnam import units

EVIL = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def tree(svg):
    """The drawing parsed as XML, so that an unclosed or unescaped piece fails here."""
    return ElementTree.fromstring(svg)


def test_a_sparkline_lifts_the_pen_over_weeks_that_are_not_known():
    drawing = tree(charts.spark([1, 2, None, 4, 5], label="5 tuần"))
    assert drawing.find("path").get("d").count("M") == 2
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == "5 tuần"


def test_a_sparkline_marks_the_last_known_point():
    first_only = tree(charts.spark([3, None], label=""))
    assert first_only.find("circle").get("cx") == "2.0"


def test_a_series_of_which_nothing_is_known_draws_nothing():
    assert charts.spark([], label="") == ""
    assert charts.spark([None, None], label="") == ""
    axis = lines.Scale((0, 1))
    assert lines.line([None], label="", axis=axis, names=[], show=str) == ""


def test_one_point_is_enough_for_a_sparkline_and_a_line():
    assert tree(charts.spark([7], label="")).find("circle") is not None
    drawn = lines.line([7], label="", axis=lines.scale([7]), names=["nay"], show=str)
    assert tree(drawn).find(".//circle") is not None


def test_a_bar_without_a_value_shows_only_its_track():
    assert [rect.get("class") for rect in tree(charts.bar(None, label="")).iter("rect")] == ["trk"]


def test_a_bar_longer_than_its_track_is_cut_at_the_end():
    assert tree(charts.bar(130, label="")).findall("rect")[1].get("width") == "100.00%"


def test_the_parts_of_a_stack_fill_it_and_are_read_out():
    parts = [Part(148, "done", "Xong"), Part(0, "risk", "Sắp hạn"), Part(52, "late", "Quá hạn")]
    drawing = tree(charts.stack(parts))
    widths = [float(rect.get("width").rstrip("%")) for rect in drawing.iter("rect")]
    assert sum(widths) == pytest.approx(100, abs=1)
    assert drawing.get("aria-label") == "Xong 148, Sắp hạn 0, Quá hạn 52"


def test_a_stack_of_nothing_is_empty_and_does_not_divide_by_zero():
    assert not list(tree(charts.stack([Part(0, "done", "Xong")])).iter("rect"))


def test_a_pulse_has_one_tick_for_every_expected_delivery():
    ticks = list(tree(charts.pulse([Beat.ON_TIME, "late", Beat.MISSED], label="")).iter("rect"))
    assert [tick.get("class") for tick in ticks] == [None, "p-late", "p-miss"]


def test_text_given_to_a_chart_is_escaped():
    tile = units.Tile("1", 0, 0)
    drawings = [
        charts.spark([1, 2], label=EVIL),
        charts.bar(1, label=EVIL),
        charts.stack([Part(1, "done", EVIL)]),
        charts.strip([1, 2], 1, label=EVIL, low=0, high=2, show=lambda _: EVIL),
        charts.pulse(["late"], label=EVIL),
        lines.line(
            [1, 2], label=EVIL, axis=lines.Scale((0, 2)), names=[EVIL], show=lambda _: EVIL,
            target=[1, 2], target_name=EVIL, earlier=[1, 1], earlier_name=EVIL, caption=EVIL,
        ),
        hexmap.hexmap([hexmap.Cell(tile, EVIL, "q1", EVIL, href=EVIL, text=EVIL)], label=EVIL),
    ]  # fmt: skip
    for drawing in drawings:
        assert "<script" not in drawing
        tree(drawing)


def test_a_misspelt_beat_is_refused():
    with pytest.raises(ValueError, match="ontime"):
        charts.pulse(["ontime"], label="")


@pytest.mark.parametrize(
    ("values", "options", "ticks"),
    [
        ([88, 94.4, 95], {"cut_at": 100}, (88, 90, 92, 94, 96)),
        ([0, 11.8], {"floor_at": 0}, (0, 5, 10, 15)),
        ([100, 100], {"cut_at": 100}, (99, 99.5, 100)),
        ([None], {}, (-1, -0.5, 0, 0.5, 1)),
        ([1200, 4100], {}, (1000, 2000, 3000, 4000, 5000)),
        ([-3, 4], {}, (-4, -2, 0, 2, 4)),
    ],
)
def test_a_scale_has_round_ticks_that_hold_every_value(values, options, ticks):
    scale = lines.scale(values, **options)
    assert scale.ticks == pytest.approx(ticks)
    known = [value for value in values if value is not None]
    assert all(scale.low <= value <= scale.high for value in known)


def test_a_line_shorter_than_its_period_leaves_the_rest_of_the_axis_empty():
    drawn = lines.line([0, 5, 10], label="", axis=lines.Scale((0, 10)), names=[], show=str, slots=5)
    assert tree(drawn).find(".//circle").get("cx") == "50.00%"


def test_the_ground_under_a_broken_line_is_broken_too():
    drawn = lines.line([1, 2, None, 2], label="", axis=lines.Scale((0, 2)), names=[], show=str, filled=True)
    area = tree(drawn).find(".//path[@class='ar']").get("d")
    assert area.count("M") == area.count("z") == 2


RAMPS = [
    # bad end, value, class
    (Bad.LOW, 84.9, "h5"),
    (Bad.LOW, 85, "h4"),
    (Bad.LOW, 96, "h1"),
    (Bad.HIGH, 84.9, "h1"),
    (Bad.HIGH, 96, "h5"),
    (Bad.NEITHER, 84.9, "q1"),
    (Bad.NEITHER, 96, "q5"),
    (Bad.LOW, None, ""),
]


@pytest.mark.parametrize(("bad", "value", "fill"), RAMPS)
def test_a_value_falls_in_the_class_above_a_limit_it_sits_on(bad, value, fill):
    assert Ramp(limits=(85, 90, 93, 96), bad=bad).fill(value) == fill


def test_a_legend_names_its_limits_counts_every_known_value_and_begins_with_the_worst():
    rows = Ramp(limits=(85, 90, 93, 96), bad=Bad.LOW).legend([80, 86, 86, 99, None])
    assert [(row.fill, row.label, row.count) for row in rows] == [
        ("h5", "dưới 85", 1),
        ("h4", "85–90", 2),
        ("h3", "90–93", 0),
        ("h2", "93–96", 0),
        ("h1", "từ 96", 1),
    ]
    assert Ramp(limits=(1, 2, 3, 4), bad=Bad.HIGH).legend([])[0].label == "từ 4"


def test_limits_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="rise"):
        Ramp(limits=(85, 90, 90, 96))


def all_cells(**changes):
    return [
        hexmap.Cell(
            tile, f"Đơn vị {tile.code}", "h3", "91,0% đúng hạn", href=f"/don-vi/{tile.code}/", **changes
        )
        for tile in units.tiles()
    ]


def test_the_map_has_a_link_for_each_of_the_168_units_and_one_tab_stop():
    links = list(tree(hexmap.hexmap(all_cells(), label="Bản đồ")).iter("a"))
    assert len(links) == 168
    assert len({link.get("href") for link in links}) == 168
    assert sum(link.get("tabindex") is None for link in links) == 1


def test_the_highlighted_unit_is_drawn_last_so_that_no_neighbour_covers_its_outline():
    code = units.tiles()[40].code
    links = list(tree(hexmap.hexmap(all_cells(), label="", highlight=code)).iter("a"))
    assert links[-1].get("class") == "on"
    assert links[-1].get("href") == f"/don-vi/{code}/"


def test_a_unit_without_data_is_hatched_with_the_pattern_of_its_own_map():
    cell = hexmap.Cell(units.tiles()[0], "Phường", "", "chưa có số")
    assert 'fill="url(#two-hatch)"' in hexmap.hexmap([cell], label="", uid="two")


def test_the_landmarks_stand_beside_units_that_exist():
    assert set(hexmap.LANDMARKS) <= {tile.code for tile in units.tiles()}


def test_the_whole_map_stays_light():
    import gzip

    assert len(gzip.compress(hexmap.hexmap(all_cells(), label="Bản đồ").encode())) < 6_000
