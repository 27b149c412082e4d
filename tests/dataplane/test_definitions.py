"""Definitions read as they are meant, and their mistakes are named with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from dodem.dataplane import clean, landing
from dodem.dataplane.definition_files import load_all, read_indicator, read_register
from dodem.dataplane.definitions import Definitions, Indicator, Privacy, Register
from dodem.dataplane.marked_yaml import DefinitionError
from dodem.dataplane.store import Store
from dodem.dataplane.unit_names import UnitDirectory
from dodem.dataplane.vocabulary import FUNCTIONS, GIVEN, STEPS, FieldType
from dodem.dataplane.wording import formula_in_words
from tests.dataplane.files import NOON, TODAY

DOCS = Path(__file__).parents[2] / "docs"


def test_everything_shipped_loads_and_is_bilingual(definitions: Definitions) -> None:
    assert set(definitions.registers) == {"dossiers", "budget_lines", "tasks", "cases"}
    assert len(definitions.indicators) == 18
    for indicator in definitions.indicators.values():
        assert indicator.title.vi != indicator.title.en
        assert indicator.history[-1].version == indicator.definition_version


def test_the_owner_of_each_register_is_a_unit(definitions: Definitions) -> None:
    codes = UnitDirectory.shipped().codes
    assert {register.owner_unit_code for register in definitions.registers.values()} <= codes


def test_every_check_says_what_is_wrong_and_what_to_do_in_both_languages(definitions: Definitions) -> None:
    for register in definitions.registers.values():
        for check in register.checks:
            for words in (check.title, check.message, check.remedy):
                assert words.vi.strip()
                assert words.en.strip()
            assert check.message.vi.endswith(".")
            assert "!" not in check.message.vi + check.remedy.vi


def test_names_of_people_are_personal_and_our_own_tables_hold_none(definitions: Definitions) -> None:
    assert definitions.registers["dossiers"].field("applicant_name").privacy is Privacy.PERSONAL
    for code in ("tasks", "cases", "budget_lines"):
        assert {field.privacy for field in definitions.registers[code].fields} == {Privacy.PUBLIC}


def test_each_formula_can_be_said_in_both_languages_with_nothing_left_open(definitions: Definitions) -> None:
    for indicator in definitions.indicators.values():
        for language in ("vi", "en"):
            formula = formula_in_words(
                indicator, definitions.registers[indicator.register], language=language
            )
            said = " ".join([formula.numerator, formula.denominator, formula.scope, formula.period])
            assert "{" not in said
            assert "_" not in said, said


def test_the_on_time_rate_of_dossiers_reads_like_a_sentence(definitions: Definitions) -> None:
    indicator = definitions.indicators["dossiers_on_time"]

    formula = formula_in_words(indicator, definitions.registers["dossiers"])

    assert formula.numerator == "Chỉ trong mẫu số: số hồ sơ mà ngày trả kết quả không sau ngày hẹn trả."
    assert formula.scope == (
        "Chỉ tính hồ sơ mà tình trạng không phải “Từ chối giải quyết” hoặc “Công dân rút hồ sơ” "
        "và không bị luật kiểm tra nào giữ lại."
    )
    assert formula.period == "Xếp theo tháng của ngày hẹn trả."


REGISTER = """\
code: dogs
title: {vi: Chó, en: Dogs}
about: {vi: Sổ chó, en: The dogs}
record: {vi: con chó, en: dog}
owner: H29.NNMT
rhythm: {expected_every_hours: 24}
deliveries: changes
key: [tag]
unit: unit_code
fields:
  - name: tag
    title: {vi: Số thẻ, en: Tag}
    meaning: {vi: Số thẻ, en: Tag}
    type: code
    required: true
    privacy: public
  - name: unit_code
    title: {vi: Đơn vị, en: Unit}
    meaning: {vi: Đơn vị, en: Unit}
    type: unit
    privacy: public
checks:
  - code: short_tag
    word: correct
    severity: warn
    field: tag
    title: {vi: Thẻ đủ dài, en: Long enough}
    message: {vi: Thẻ ngắn., en: Short.}
    remedy: {vi: Ghi đủ., en: Write it all.}
    fails_when: length(tag) < 3
"""


def test_a_small_register_loads() -> None:
    register = read_register(REGISTER)

    assert [field.type for field in register.fields] == [FieldType.CODE, FieldType.UNIT]
    assert [check.code for check in register.checks] == ["tag_missing", "unit_code_unreadable", "short_tag"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("deliveries: changes", "deliveries: daily", 7, "hãy chọn một trong: changes, full"),
        ("deliveries: changes", "delivery: changes", 1, "thiếu mục “deliveries”"),
        (
            "owner: H29.NNMT",
            "owner: H29.NNMT\nowners: x",
            6,
            "không có mục nào tên “owners”. Có phải ý là “owner”?",
        ),
        ("owner: H29.NNMT", "owner: A\nowner: B", 6, "viết hai lần"),
        ("title: {vi: Chó, en: Dogs}", "title: {vi: Chó}", 2, "thiếu mục “en”"),
        ("expected_every_hours: 24", "expected_every_hours: ngày", 6, "phải là một số nguyên"),
        ("key: [tag]", "key: [unit_code]", 1, "“key” phải gồm các trường có “required: true”"),
        ("type: code", "type: chip", 14, "“type: chip” không dùng được"),
        ("type: code", "type: choice", 11, "cần “choices”"),
        ("required: true", "required: yep", 15, "true hoặc false"),
        ("name: tag", "name: as_of", 11, "không dùng được"),
        ("name: unit_code", "name: tag", 1, "có hai lần"),
        ("length(tag) < 3", "length(tags) < 3", 30, "Có phải ý là “tag”?"),
        ("length(tag) < 3", "length(tag) <", 30, "hết biểu thức"),
        ("length(tag) < 3", "length(tag)", 30, "không phải loại giá trị cần"),
        ("rhythm: {", "rhythm: [", 6, "không đọc được YAML"),
        (REGISTER, "- a\n- b\n", 1, "bắt đầu bằng “code: …”"),
    ],
)
def test_a_mistake_in_a_register_names_its_line(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(DefinitionError) as mistake:
        read_register(REGISTER.replace(old, new, 1), origin="registers/dogs/register.yaml")

    assert said in str(mistake.value)
    assert str(mistake.value).startswith(f"registers/dogs/register.yaml, dòng {line}: ")


INDICATOR = """\
code: dogs_tagged
title: {vi: Chó có thẻ, en: Dogs tagged}
meaning: {vi: Bao nhiêu, en: How many}
measured_in: percent
better: higher
register: dogs
numerator: length(tag) > 3
denominator: is_present(unit_code)
period: as_of
authored_by: A
checked_by: B
reviewed_on: 2026-11-22
definition_version: 1
history:
  - {version: 1, on: 2026-11-22, change: {vi: Đầu, en: First}}
"""


def indicator(text: str) -> Indicator:
    return read_indicator(text, registers={"dogs": read_register(REGISTER)}, origin="i.yaml")


def test_a_small_indicator_loads_and_its_digest_is_of_its_text() -> None:
    assert indicator(INDICATOR).digest != indicator(INDICATOR.replace("> 3", "> 4")).digest


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("register: dogs", "register: cats", 6, "hãy chọn một trong: dogs"),
        ("period: as_of", "period: month_of(tag)", 9, "phải là ngày hoặc thời điểm"),
        ("period: as_of", "period: as_of + 1", 1, "as_of hoặc month_of"),
        ("numerator: length(tag) > 3", "numerator: length(tag)", 1, "cùng đếm bản ghi hoặc cùng cộng"),
        (
            "numerator: length(tag) > 3",
            "numerator: delivered_on > as_of",
            7,
            "không có trường “delivered_on”",
        ),
        ("measured_in: percent", "measured_in: dong", 1, "cần tử số là một số tiền"),
        ("definition_version: 1", "definition_version: 2", 1, "kể đủ từng bản"),
        ("reviewed_on: 2026-11-22", "reviewed_on: hôm qua", 12, "phải là một ngày"),
    ],
)
def test_a_mistake_in_an_indicator_names_its_line(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(DefinitionError) as mistake:
        indicator(INDICATOR.replace(old, new, 1))

    assert said in str(mistake.value)
    assert f"i.yaml, dòng {line}: " in str(mistake.value)


def test_the_documented_file_format_names_every_column_and_status(dossiers: Register) -> None:
    page = (DOCS / "formats" / "dossiers.md").read_text("utf-8")

    for field in dossiers.fields:
        assert f"| `{field.name}` | {field.title.vi} |" in page
    for choice in dossiers.field("status").choices:
        assert f"{choice.title.vi}" in page
        assert f"`{choice.code}`" in page.replace("\n", " ")


def test_the_example_in_the_documented_format_is_taken_without_a_finding(
    store: Store, dossiers: Register
) -> None:
    page = (DOCS / "formats" / "dossiers.md").read_text("utf-8")
    example = page.split("```csv\n")[1].split("```")[0]

    landing.receive(
        store, register=dossiers, filename="a.csv", content=example.encode(), received_at=NOON, origin="docs"
    )
    version = clean.build_register(store, dossiers, as_of=TODAY)

    assert (version.records, version.findings) == (2, 0)


def test_the_page_on_the_data_plane_explains_every_word_of_the_vocabulary() -> None:
    page = (DOCS / "dataplane.md").read_text("utf-8")

    for word in (*FUNCTIONS, *STEPS, *GIVEN):
        assert f"`{word}" in page, word


def test_definitions_are_read_once() -> None:
    assert load_all() is load_all()
