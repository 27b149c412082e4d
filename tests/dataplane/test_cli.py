"""The walk at a terminal: receive, build, measure, show, verify."""

from __future__ import annotations

from pathlib import Path

import pytest

from dodem.cli import main
from tests.dataplane.files import csv_bytes, dossier, open_dossier


def test_a_file_becomes_a_figure_and_the_figure_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hồ sơ.csv"
    file.write_bytes(csv_bytes([dossier(), open_dossier(dossier_code="H29-2")]))
    data = ["--data", str(tmp_path / "data")]

    assert main(["register", "receive", "dossiers", str(file), *data]) == 0
    assert main(["register", "build", "dossiers", "--as-of", "2026-11-22", *data]) == 0
    assert main(["register", "measure", "dossiers_on_time", "--as-of", "2026-11-22", "--records", *data]) == 0
    assert main(["register", "show", "dossiers", *data]) == 0
    assert main(["register", "verify", "dossiers", *data]) == 0

    said = capsys.readouterr().out
    assert "2 dòng, đã nhận" in said
    assert "dossiers@2026-11-22.1: 2 bản ghi, 0 dòng giữ lại, 0 lỗi" in said
    assert "2026-11-01  79  50  (1 / 2)" in said
    assert ":3\n  2 trên 2 bản ghi" in said
    assert said.endswith("Nguyên vẹn.\n")


def test_one_row_is_printed_as_it_was_received(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(csv_bytes([dossier(status="Đã xong")]))
    data = ["--data", str(tmp_path / "data")]
    main(["register", "receive", "dossiers", str(file), *data])
    delivery = capsys.readouterr().out.split(":")[0]

    assert main(["register", "show", "dossiers", "--row", delivery, "2", *data]) == 0

    assert "status: Đã xong" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["receive", "dossiers", "no-such-file.csv"], "Không thấy tệp"),
        (["receive", "dogs", __file__], "Không có danh mục “dogs”"),
        (["receive", "dossiers", __file__], "Dòng đầu của tệp không phải là tên cột"),
        (["measure", "dossiers_on_time"], "dodem register build dossiers"),
        (["measure", "dogs_tagged"], "Không có chỉ tiêu"),
    ],
)
def test_what_a_person_can_mend_is_said_plainly_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["register", *arguments, "--data", str(tmp_path)]) == 2

    assert said in capsys.readouterr().err


def test_definitions_are_checked_and_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", "check-definitions", "--words"]) == 0

    said = capsys.readouterr().out
    assert "dossiers: 10 trường, 21 luật kiểm tra" in said
    assert "Xếp theo tháng của ngày hẹn trả." in said
