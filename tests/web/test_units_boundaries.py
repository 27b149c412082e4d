"""Importing the city's own boundary file."""

import json

import pytest

from dodem.audit.models import Event
from dodem.units.boundaries import import_boundaries
from dodem.units.models import Outline, Unit
from tests.factories import BEN_THANH, NOON, SAI_GON

pytestmark = pytest.mark.django_db
SQUARE = [[106.7, 10.7], [106.8, 10.7], [106.8, 10.8], [106.7, 10.8], [106.7, 10.7]]


def feature(code, ring=SQUARE, kind="Polygon", **more):
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": kind, "coordinates": [ring]},
    } | more


def run(tmp_path, document, name="ranh-gioi.geojson"):
    path = tmp_path / name
    path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return import_boundaries(path, by=None, at=NOON)


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def test_a_file_that_fits_is_kept_and_says_what_it_lacks(tmp_path):
    report = run(tmp_path, collection(feature(SAI_GON), feature(BEN_THANH)))
    assert (report.imported, report.faults) == (2, [])
    assert str(report).startswith("Đã nạp ranh giới của 2 đơn vị.\nChưa có ranh giới của 166 đơn vị: ")
    assert Unit.objects.get(outline__isnull=False, code=SAI_GON).outline.rings == [[SQUARE]]
    assert Event.objects.filter(kind="unit.boundaries_imported").count() == 1


def test_importing_again_replaces_the_outlines(tmp_path):
    run(tmp_path, collection(feature(SAI_GON)))
    smaller = [*SQUARE[:2], [106.75, 10.75], SQUARE[0]]
    run(tmp_path, collection(feature(SAI_GON, ring=smaller)))
    assert Outline.objects.get().rings == [[smaller]]


@pytest.mark.parametrize(
    ("features", "fault"),
    [
        ([feature(SAI_GON), feature(SAI_GON)], f"{SAI_GON}: có 2 vùng cùng mã này."),
        ([feature(SAI_GON, ring=SQUARE[:-1])], f"{SAI_GON}: đường bao không khép kín."),
        ([feature(SAI_GON, ring=[[y, x] for x, y in SQUARE])], "nằm ngoài lãnh thổ Việt Nam"),
        ([feature(SAI_GON, ring=[["a", 1]] * 5)], "tọa độ không đọc được"),
        ([feature(SAI_GON, ring=[[float("nan"), 1]] * 5)], "tọa độ không đọc được"),
        ([feature(SAI_GON, kind="Point")], "không phải vùng"),
        ([feature(SAI_GON, geometry=None)], "không phải vùng"),
        ([feature("00001")], "Không vùng nào có mã của một đơn vị đang hoạt động."),
    ],
)
def test_a_file_that_does_not_fit_is_kept_out_whole_and_says_why(tmp_path, features, fault):
    report = run(
        tmp_path,
        collection(feature(BEN_THANH), *features) if "00001" not in str(features) else collection(*features),
    )
    assert report.imported == 0
    assert any(fault in line for line in report.faults)
    assert not Outline.objects.exists()
    assert not Event.objects.filter(kind="unit.boundaries_imported").exists()


def test_unknown_codes_are_named_and_passed_over(tmp_path):
    report = run(tmp_path, collection(feature(SAI_GON), feature("00001")))
    assert report.imported == 1
    assert report.notes[0] == "Bỏ qua 1 mã không phải của đơn vị đang hoạt động: 00001."


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff\x00", b"[1, 2]", b'{"type": "Feature"}', b"[" * 200_000, b'{"type": "Topology"}'],
)
def test_what_is_no_boundary_file_is_refused_in_words(tmp_path, content):
    report = run(tmp_path, content)
    assert report.imported == 0
    assert report.faults[0].startswith(("Tệp", "Các cung"))


def test_a_quantized_topology_reads_as_the_same_outline(tmp_path):
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [106.7, 10.7]},
        "arcs": [[[0, 0], [1, 0], [0, 1]], [[0, 0], [0, 1], [1, 0]]],
        "objects": {
            "units": {
                "type": "GeometryCollection",
                "geometries": [{"type": "Polygon", "properties": {"CODE": int(SAI_GON)}, "arcs": [[0, ~1]]}],
            }
        },
    }
    report = run(tmp_path, topology, name="ranh-gioi.topojson")
    assert report.faults == []
    assert Outline.objects.get().rings == [[SQUARE]]


def test_the_city_s_own_file_fits_wholly_where_it_is_at_hand(tmp_path, shared_data):
    for name in ("hcmc-168-units.geojson", "hcmc-168-units.topojson"):
        report = import_boundaries(shared_data / name, by=None, at=NOON)
        assert (report.imported, report.faults, report.notes) == (168, [], [])
