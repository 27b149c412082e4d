"""An indicator's formula in words, written from the very tree that is executed, so the two cannot drift
apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from dodem.dataplane.definitions import Condition, Indicator, Register
from dodem.dataplane.expressions import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Literal,
    Logic,
    Name,
    Not,
)
from dodem.dataplane.kinds import kind_of
from dodem.dataplane.vocabulary import Kind

_VI: Mapping[str, str] = MappingProxyType(
    {
        "AND": " và ",
        "OR": ", hoặc ",
        "NOT": "không phải ({0})",
        "=": "{0} là {1}",
        "!=": "{0} khác {1}",
        "day =": "{0} đúng vào {1}",
        "day !=": "{0} khác {1}",
        "day <": "{0} trước {1}",
        "day <=": "{0} không sau {1}",
        "day >": "{0} sau {1}",
        "day >=": "{0} không trước {1}",
        "<": "{0} nhỏ hơn {1}",
        "<=": "{0} không quá {1}",
        ">": "{0} lớn hơn {1}",
        ">=": "{0} từ {1} trở lên",
        "+": "{0} cộng {1}",
        "-": "{0} trừ {1}",
        "days": "{0} ngày",
        "in": "{0} là một trong {1}",
        "not in": "{0} không phải {1}",
        "or": " hoặc ",
        "yes": "{0}: có",
        "no": "{0}: không",
        "as_of": "ngày chốt số liệu",
        "has_finding": "dòng dữ liệu còn lỗi",
        "is_missing": "chưa có {0}",
        "is_present": "đã có {0}",
        "matches": "{0} theo mẫu {1}",
        "starts_with": "{0} bắt đầu bằng {1}",
        "length": "số ký tự của {0}",
        "either": "{0} (nếu không có thì {1})",
        "month_of": "tháng của {0}",
        "year_of": "năm của {0}",
        "day_of": "ngày của {0}",
        "days_between": "số ngày từ {0} đến {1}",
        "contains": "{0} có {1}",
        "count_of": "số mục trong {0}",
        "count": "Số {0} mà {1}",
        "count all": "Số {0}",
        "sum": "Tổng {1} của các {0}",
        "within": "Chỉ trong mẫu số: ",
        "only": "Chỉ tính {0} mà {1}",
        "accepted": "không bị luật kiểm tra nào giữ lại",
        "stock": "Tại ngày chốt số liệu",
        "monthly": "Xếp theo {0}",
    }
)
_EN: Mapping[str, str] = MappingProxyType(
    {
        "AND": " and ",
        "OR": ", or ",
        "NOT": "not ({0})",
        "=": "{0} is {1}",
        "!=": "{0} is not {1}",
        "day =": "{0} is {1}",
        "day !=": "{0} is not {1}",
        "day <": "{0} before {1}",
        "day <=": "{0} no later than {1}",
        "day >": "{0} after {1}",
        "day >=": "{0} no earlier than {1}",
        "<": "{0} below {1}",
        "<=": "{0} at most {1}",
        ">": "{0} above {1}",
        ">=": "{0} at least {1}",
        "+": "{0} plus {1}",
        "-": "{0} minus {1}",
        "days": "{0} days",
        "in": "{0} is one of {1}",
        "not in": "{0} is not {1}",
        "or": " or ",
        "yes": "{0}: yes",
        "no": "{0}: no",
        "as_of": "the day of the figure",
        "has_finding": "the row has a fault",
        "is_missing": "there is no {0}",
        "is_present": "there is a {0}",
        "matches": "{0} has the shape {1}",
        "starts_with": "{0} begins with {1}",
        "length": "the length of {0}",
        "either": "{0} (or, without one, {1})",
        "month_of": "the month of {0}",
        "year_of": "the year of {0}",
        "day_of": "the day of {0}",
        "days_between": "days from {0} to {1}",
        "contains": "{0} holds {1}",
        "count_of": "the number of entries in {0}",
        "count": "Each {0} where {1}",
        "count all": "Each {0}",
        "sum": "The sum of {1} over each {0}",
        "within": "Within the denominator only: ",
        "only": "Only each {0} where {1}",
        "accepted": "no check kept it out",
        "stock": "On the day of the figure",
        "monthly": "By {0}",
    }
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in words. `denominator` is empty where nothing is divided; `scope` says which records are
    looked at.
    """

    numerator: str
    denominator: str
    scope: str
    period: str


def formula_in_words(indicator: Indicator, register: Register, *, language: str = "vi") -> Formula:
    """Say how the indicator is computed, in Vietnamese or English ("en")."""
    speaker = _Speaker(register, _EN if language == "en" else _VI, language)
    kept = [] if indicator.over_rejected else [speaker.words["accepted"]]
    if indicator.where is not None:
        kept.insert(0, speaker.say(indicator.where.expression))
    scope = speaker.words["only"].format(speaker.record, speaker.words["AND"].join(kept)) if kept else ""
    within = speaker.words["within"] if indicator.denominator else ""
    numerator = speaker.total(indicator.numerator)
    period = (
        speaker.words["monthly"].format(speaker.say(indicator.period.expression))
        if indicator.period
        else speaker.words["stock"]
    )
    return Formula(
        numerator=f"{within}{_lower(numerator) if within else numerator}.",
        denominator=f"{speaker.total(indicator.denominator)}." if indicator.denominator else "",
        scope=f"{scope}." if scope else "",
        period=f"{period}.",
    )


class _Speaker:
    def __init__(self, register: Register, words: Mapping[str, str], language: str) -> None:
        self.register, self.words, self.language = register, words, language
        self.record = register.record.in_language(language)

    def total(self, condition: Condition) -> str:
        if condition.kind is Kind.WHOLE:
            return self.words["sum"].format(self.record, self.say(condition.expression))
        if isinstance(condition.expression, Literal):
            return self.words["count all"].format(self.record)
        return self.words["count"].format(self.record, self.say(condition.expression))

    def say(self, expression: Expression) -> str:
        match expression:
            case Literal():
                return _shown(expression.value)
            case Name():
                spoken = self._name(expression)
                return self.words["yes"].format(spoken) if self._is_answer(expression) else spoken
            case Call():
                spoken_arguments = [self._value(one) for one in expression.arguments]
                return self.words[expression.function].format(*spoken_arguments)
            case Compare():
                prefix = "day " if self._kind(expression.left) in {Kind.DAY, Kind.MOMENT} else ""
                left, right = self._value(expression.left), self._option(expression.right, of=expression.left)
                return self.words[f"{prefix}{expression.operator}"].format(left, right)
            case Among():
                return self._among(expression, "in")
            case Arithmetic():
                right = self._value(expression.right)
                if self._kind(expression.left) is Kind.DAY:
                    right = self.words["days"].format(right)
                return self.words[expression.operator].format(self._value(expression.left), right)
            case Not(inner=Among() as among):
                return self._among(among, "not in")
            case Not(inner=Name() as name) if self._is_answer(name):
                return self.words["no"].format(self._name(name))
            case Not():
                return self.words["NOT"].format(self.say(expression.inner))
            case Logic():
                return self.words[expression.operator].join(self._grouped(part) for part in expression.parts)

    def _value(self, expression: Expression) -> str:
        return self._name(expression) if isinstance(expression, Name) else self.say(expression)

    def _grouped(self, expression: Expression) -> str:
        return f"({self.say(expression)})" if isinstance(expression, Logic) else self.say(expression)

    def _name(self, name: Name) -> str:
        if name.name in self.register.kinds:
            return _lower(self.register.field(name.name).title.in_language(self.language))
        return self.words[name.name]

    def _is_answer(self, name: Name) -> bool:
        return self._kind(name) is Kind.TRUTH

    def _among(self, among: Among, word: str) -> str:
        options = self.words["or"].join(self._option(option, of=among.value) for option in among.options)
        return self.words[word].format(self._value(among.value), options)

    def _option(self, expression: Expression, *, of: Expression) -> str:
        """A written-out value of a choice field by its title."""
        if isinstance(expression, Literal) and isinstance(of, Name) and of.name in self.register.kinds:
            for choice in self.register.field(of.name).choices:
                if choice.code == expression.value:
                    return f"“{choice.title.in_language(self.language)}”"
        return self._value(expression)

    def _kind(self, expression: Expression) -> Kind:
        return kind_of(expression, fields=self.register.kinds, place="indicator", text="")


def _shown(value: str | int | bool | date) -> str:
    match value:
        case bool():
            return "✓" if value else "✗"
        case date():
            return value.strftime("%d/%m/%Y")
        case str():
            return f"“{value}”"
        case int():
            return str(value)


def _lower(text: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
