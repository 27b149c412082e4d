import argparse
import json
from pathlib import Path

import pytest

from dodem.reading import cli


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_parser(parser.add_subparsers())
    args = parser.parse_args(["read", *arguments])
    code: int = args.run(args)
    return code


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_documents_are_read_beside_their_list_and_offsets_hold(tmp_path: Path) -> None:
    text = "Tin\r\nÔng Mẫu yêu cầu Sở Y tế báo cáo trước ngày 1/6/2026. Đã có 90 trạm đo."
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_bytes(text.encode())
    docs = write(tmp_path / "docs.jsonl", {"doc_id": "a", "file": "docs/a.txt", "doc_date": "2026-05-20"})
    out = tmp_path / "out.jsonl"
    assert run(str(docs), "--out", str(out)) == 0
    task, claim = read(out)
    assert text[task["start"] : task["end"]] == "Sở Y tế báo cáo trước ngày 1/6/2026"  # type: ignore[index, misc]
    assert task["lead_units"] == ["Sở Y tế"]
    assert task["deadline"] == "2026-06-01"
    assert task["programme"] == ["other"]
    assert (claim["kind"], claim["value"], claim["unit"]) == ("claim", 90, "trạm đo")


def test_phrases_are_read_in_their_context(tmp_path: Path) -> None:
    context = "Gửi báo cáo trước ngày 25 hằng tháng."
    phrases = write(
        tmp_path / "phrases.jsonl",
        {
            "id": "D1",
            "kind": "deadline_phrase",
            "doc_date": "2026-05-20",
            "context": context,
            "start": 12,
            "end": 36,
            "phrase": context[12:36],
        },
        {
            "id": "Q1",
            "kind": "quantity_phrase",
            "context": "Có 1,5 triệu hồ sơ.",
            "start": 3,
            "end": 18,
            "phrase": "1,5 triệu hồ sơ",
        },
    )
    out = tmp_path / "out.jsonl"
    assert run("--phrases", str(phrases), "--out", str(out)) == 0
    deadline, quantity = read(out)
    assert deadline["answer"] == "R/month/25"
    assert (quantity["value"], quantity["unit"]) == (1_500_000, "hồ sơ")


@pytest.mark.parametrize(
    "row", [{"doc_id": "a"}, {"doc_id": "a", "file": "none.txt", "doc_date": "2026-05-20"}]
)
def test_bad_input_is_refused_with_a_message(
    row: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = write(tmp_path / "docs.jsonl", row)
    assert run(str(docs), "--out", str(tmp_path / "out.jsonl")) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()
