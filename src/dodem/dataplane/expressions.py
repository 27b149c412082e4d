"""Read a condition of the closed vocabulary into a tree; say line, column and remedy when it cannot be read.

Grammar, loosest first: ``OR``, ``AND``, ``NOT``, comparison or ``[NOT] IN (…)``, ``+ -``, then a literal
(``'text'``, ``12``, ``2026-11-22``, ``true``), a name, a call ``f(x, y)`` or brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dodem.vietnam.errors import UserError


class ExpressionError(UserError):
    """A condition that cannot be read or makes no sense. `line` and `column` count from 1 within its text."""

    def __init__(self, message: str, *, text: str, at: int) -> None:
        before = text[:at]
        self.line = before.count("\n") + 1
        self.column = at - (before.rfind("\n") + 1) + 1
        shown = text.splitlines()[self.line - 1] if text.strip() else ""
        super().__init__(f"{message} (cột {self.column} của “{shown.strip()}”)")


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | int | bool | date
    at: int


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Expression, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Compare:
    """`operator` is one of = != < <= > >=."""

    operator: str
    left: Expression
    right: Expression
    at: int


@dataclass(frozen=True, slots=True)
class Among:
    """`value` is one of the written-out `options`."""

    value: Expression
    options: tuple[Literal, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`operator` is + or -. A day plus or minus a whole number of days is a day."""

    operator: str
    left: Expression
    right: Expression
    at: int


@dataclass(frozen=True, slots=True)
class Not:
    inner: Expression
    at: int


@dataclass(frozen=True, slots=True)
class Logic:
    """`operator` is AND or OR over two or more parts."""

    operator: str
    parts: tuple[Expression, ...]
    at: int


Expression = Literal | Name | Call | Compare | Among | Arithmetic | Not | Logic

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<day>\d{4}-\d{2}-\d{2}\b)
      | (?P<number>\d+)
      | (?P<text>'(?:[^']|'')*')
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign><=|>=|!=|=|<|>|\+|-|\(|\)|,)""",
    re.VERBOSE,
)
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_KEYWORDS = frozenset({"AND", "OR", "NOT", "IN", "TRUE", "FALSE"})
_DEEPEST = 40
_Part = Callable[[], Expression]


@dataclass(frozen=True, slots=True)
class _Token:
    sort: str
    text: str
    at: int


def parse(text: str) -> Expression:
    """Read `text` as one expression. Raises ExpressionError."""
    reader = _Reader(text)
    expression = reader.any_of()
    reader.expect_end()
    return expression


class _Reader:
    """A cursor over the tokens: plain recursive descent, one method for each level of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.place = 0
        self.depth = 0

    def any_of(self) -> Expression:
        return self._joined("OR", self.all_of)

    def all_of(self) -> Expression:
        return self._joined("AND", self.negation)

    def negation(self) -> Expression:
        token = self._peek()
        if token.text.upper() == "NOT" and token.sort == "word":
            self._enter(token)
            self.place += 1
            inner = self.negation()
            self.depth -= 1
            return Not(inner, token.at)
        return self.comparison()

    def comparison(self) -> Expression:
        left = self.sum()
        token = self._peek()
        if token.sort == "sign" and token.text in _COMPARISONS:
            self.place += 1
            return Compare(token.text, left, self.sum(), token.at)
        if token.sort == "word" and token.text.upper() == "IN":
            self.place += 1
            return Among(left, self._options(), token.at)
        if token.sort == "word" and token.text.upper() == "NOT" and self._peek(1).text.upper() == "IN":
            self.place += 2
            return Not(Among(left, self._options(), token.at), token.at)
        return left

    def sum(self) -> Expression:
        left = self.atom()
        while self._peek().text in {"+", "-"}:
            token = self._next()
            left = Arithmetic(token.text, left, self.atom(), token.at)
        return left

    def atom(self) -> Expression:
        token = self._next()
        if token.sort in {"text", "number", "day"}:
            return self._literal(token)
        if token.text == "(":
            self._enter(token)
            inner = self.any_of()
            self._expect(")")
            self.depth -= 1
            return inner
        if token.sort == "word":
            return self._word(token)
        raise self._error(f"chỗ này cần một giá trị, gặp “{token.text or 'hết biểu thức'}”", token)

    def expect_end(self) -> None:
        token = self._peek()
        if token.sort != "end":
            raise self._error(f"thừa “{token.text}”; có thể thiếu AND hoặc OR", token)

    def _word(self, token: _Token) -> Expression:
        upper = token.text.upper()
        if upper in {"TRUE", "FALSE"}:
            return Literal(upper == "TRUE", token.at)
        if upper in _KEYWORDS:
            raise self._error(f"chỗ này cần một giá trị, gặp “{token.text}”", token)
        if self._peek().text != "(":
            return Name(token.text, token.at)
        self._enter(token)
        self.place += 1
        arguments = [self.any_of()]
        while self._peek().text == ",":
            self.place += 1
            arguments.append(self.any_of())
        self._expect(")")
        self.depth -= 1
        return Call(token.text, tuple(arguments), token.at)

    def _literal(self, token: _Token) -> Literal:
        if token.sort == "text":
            return Literal(token.text[1:-1].replace("''", "'"), token.at)
        if token.sort == "number":
            return Literal(int(token.text), token.at)
        try:
            return Literal(date.fromisoformat(token.text), token.at)
        except ValueError:
            raise self._error(f"không có ngày {token.text}", token) from None

    def _options(self) -> tuple[Literal, ...]:
        self._expect("(")
        options: list[Literal] = []
        while True:
            token = self._next()
            if token.sort not in {"text", "number", "day"}:
                raise self._error("trong IN (…) chỉ viết giá trị cụ thể, ví dụ ('a', 'b')", token)
            options.append(self._literal(token))
            token = self._next()
            if token.text == ")":
                return tuple(options)
            if token.text != ",":
                raise self._error("trong IN (…) các giá trị cách nhau bằng dấu phẩy", token)

    def _joined(self, operator: str, part: _Part) -> Expression:
        first = part()
        parts, at = [first], self._peek().at
        while self._peek().sort == "word" and self._peek().text.upper() == operator:
            self.place += 1
            parts.append(part())
        return first if len(parts) == 1 else Logic(operator, tuple(parts), at)

    def _enter(self, token: _Token) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._error(f"lồng quá {_DEEPEST} lớp; hãy tách điều kiện", token)

    def _peek(self, ahead: int = 0) -> _Token:
        return self.tokens[min(self.place + ahead, len(self.tokens) - 1)]

    def _next(self) -> _Token:
        token = self._peek()
        self.place += 1
        return token

    def _expect(self, sign: str) -> None:
        token = self._next()
        if token.text != sign:
            raise self._error(f"thiếu “{sign}”", token)

    def _error(self, message: str, token: _Token) -> ExpressionError:
        return ExpressionError(message, text=self.text, at=token.at)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            if text[at] == "'":
                raise ExpressionError("đoạn chữ mở nháy đơn mà không đóng", text=text, at=at)
            raise ExpressionError(f"không hiểu ký tự “{text[at]}”", text=text, at=at)
        sort = match.lastgroup or ""
        if sort != "space":
            tokens.append(_Token(sort, match.group(), at))
        at = match.end()
    tokens.append(_Token("end", "", len(text)))
    return tokens
