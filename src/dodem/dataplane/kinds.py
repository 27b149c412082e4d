"""Check that an expression makes sense over a register's fields: every name known, every kind fitting."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from datetime import date

from dodem.dataplane.expressions import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Expression,
    ExpressionError,
    Literal,
    Logic,
    Name,
    Not,
)
from dodem.dataplane.vocabulary import FUNCTIONS, GIVEN, KIND_VI, ORDERED, Kind


def kind_of(expression: Expression, *, fields: Mapping[str, Kind], place: str, text: str) -> Kind:
    """The kind of value `expression` gives.

    `fields` are the register's fields, `place` is "check" or "indicator" (which given names may be used) and
    `text` is the source, for messages. Raises ExpressionError with the column and a remedy.
    """
    return _Checker(fields, place, text).kind(expression)


def uses(expression: Expression, name: str) -> bool:
    """Whether `expression` mentions `name`."""
    match expression:
        case Name():
            return expression.name == name
        case Call():
            return any(uses(part, name) for part in expression.arguments)
        case Compare() | Arithmetic():
            return uses(expression.left, name) or uses(expression.right, name)
        case Among():
            return uses(expression.value, name)
        case Not():
            return uses(expression.inner, name)
        case Logic():
            return any(uses(part, name) for part in expression.parts)
        case Literal():
            return False


class _Checker:
    def __init__(self, fields: Mapping[str, Kind], place: str, text: str) -> None:
        self.fields, self.place, self.text = fields, place, text

    def kind(self, expression: Expression) -> Kind:
        match expression:
            case Literal():
                return _kind_of_literal(expression)
            case Name():
                return self._name(expression)
            case Call():
                return self._call(expression)
            case Compare():
                return self._compare(expression)
            case Among():
                return self._among(expression)
            case Arithmetic():
                return self._arithmetic(expression)
            case Not():
                self._must_be_truth(expression.inner)
                return Kind.TRUTH
            case Logic():
                for part in expression.parts:
                    self._must_be_truth(part)
                return Kind.TRUTH

    def _name(self, name: Name) -> Kind:
        if name.name in self.fields:
            return self.fields[name.name]
        given = GIVEN.get(name.name)
        if given is not None and self.place in given.where:
            return given.kind
        known = [*self.fields, *(word for word, one in GIVEN.items() if self.place in one.where)]
        raise self._error(f"không có trường “{name.name}”.{_near(name.name, known)}", name)

    def _call(self, call: Call) -> Kind:
        function = FUNCTIONS.get(call.function)
        if function is None:
            raise self._error(f"không có hàm “{call.function}”.{_near(call.function, FUNCTIONS)}", call)
        if len(call.arguments) != len(function.arguments):
            raise self._error(
                f"{function.name} cần {len(function.arguments)} giá trị, đang có {len(call.arguments)}", call
            )
        kinds = [self.kind(argument) for argument in call.arguments]
        for place, (kind, allowed) in enumerate(zip(kinds, function.arguments, strict=True)):
            if kind not in allowed:
                wanted = " hoặc ".join(KIND_VI[one] for one in Kind if one in allowed)
                raise self._error(
                    f"giá trị thứ {place + 1} của {function.name} phải là {wanted}, đang là {KIND_VI[kind]}",
                    call,
                )
            if place in function.literal_arguments:
                self._must_be_pattern(call.arguments[place])
        if function.name == "either" and kinds[0] is not kinds[1]:
            raise self._error("hai giá trị của either phải cùng loại", call)
        return function.returns or kinds[0]

    def _compare(self, compare: Compare) -> Kind:
        left, right = self.kind(compare.left), self.kind(compare.right)
        if left is not right:
            hint = " Hãy dùng day_of(…) để lấy ngày." if {left, right} == {Kind.DAY, Kind.MOMENT} else ""
            raise self._error(f"không so sánh được {KIND_VI[left]} với {KIND_VI[right]}.{hint}", compare)
        if left is Kind.LIST or (compare.operator not in {"=", "!="} and left not in ORDERED):
            raise self._error(f"không so sánh “{compare.operator}” trên {KIND_VI[left]} được", compare)
        return Kind.TRUTH

    def _among(self, among: Among) -> Kind:
        kind = self.kind(among.value)
        for option in among.options:
            if _kind_of_literal(option) is not kind:
                raise self._error(f"các giá trị trong IN (…) phải là {KIND_VI[kind]}", option)
        return Kind.TRUTH

    def _arithmetic(self, sum_: Arithmetic) -> Kind:
        left, right = self.kind(sum_.left), self.kind(sum_.right)
        if left in {Kind.WHOLE, Kind.DAY} and right is Kind.WHOLE:
            return left
        raise self._error(
            "chỉ cộng trừ số nguyên với số nguyên, hoặc ngày với số ngày; "
            "khoảng cách hai ngày là days_between(a, b)",
            sum_,
        )

    def _must_be_truth(self, expression: Expression) -> None:
        kind = self.kind(expression)
        if kind is not Kind.TRUTH:
            raise self._error(f"chỗ này cần một điều kiện đúng/sai, đang là {KIND_VI[kind]}", expression)

    def _must_be_pattern(self, expression: Expression) -> None:
        if not isinstance(expression, Literal) or not isinstance(expression.value, str):
            raise self._error("mẫu của matches phải viết ra, ví dụ matches(ma, '\\d+')", expression)
        try:
            re.compile(expression.value)
        except re.error as error:
            raise self._error(f"mẫu “{expression.value}” sai: {error}", expression) from error

    def _error(self, message: str, expression: Expression) -> ExpressionError:
        return ExpressionError(message, text=self.text, at=expression.at)


def _kind_of_literal(literal: Literal) -> Kind:
    match literal.value:
        case bool():
            return Kind.TRUTH
        case int():
            return Kind.WHOLE
        case date():
            return Kind.DAY
        case str():
            return Kind.TEXT


def _near(word: str, known: Collection[str]) -> str:
    found = difflib.get_close_matches(word, list(known), n=1)
    return f" Có phải ý là “{found[0]}”?" if found else ""
