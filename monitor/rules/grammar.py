"""The pattern language: from a pattern's text to a tree of operators, and back.

Owns spelling and precedence; what may stand where is for `standing`, what an operator matches for
`operators`, and whether a lexicon or actor of that name exists for `files`. Precedence, tightest first:
roles and truths, NEAR (from the left), NOT, AND (written or not), OR.
"""

from typing import TypeGuard, cast

from monitor.rules.lexer import OPERAND, PatternError, Token, tokens_of
from monitor.rules.lexicons import term_of
from monitor.rules.operators import (
    ROLES,
    ActorRef,
    And,
    LexiconRef,
    Near,
    Node,
    Not,
    Or,
    Regex,
    Role,
    RoleOf,
    Truth,
    Where,
    Word,
)
from monitor.rules.standing import Use, check, with_act

__all__ = ["PatternError", "Use", "names_in", "parse_pattern", "spell"]

DEPTH_LIMIT = 50
"""Operators inside operators; no reader follows as many, and Python's own stack stays far away."""


def parse_pattern(text: str, *, use: Use = "match") -> Node:
    """The tree of a pattern's text.

    A pattern to match comes back with its act marked: where none is written, the first positive operand
    without a role is it, in each branch of an OR. A condition (`exclude`, `unless`) may be a truth alone
    and binds no role; a side of a frame binds none either and is found in the sentence, so it holds no truth.

    Raises PatternError, and nothing else.
    """
    tokens = tokens_of(text)
    if not tokens:
        raise PatternError(0, "the pattern is empty", OPERAND)
    tree = _Parser(text, tokens).whole()
    check(tree, use)
    return with_act(tree) if use == "match" else tree


class _Parser:
    """Recursive descent over the tokens of one pattern; a method a level of precedence."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.next = 0
        self.depth = 0

    def whole(self) -> Node:
        tree = self.disjunction()
        if (token := self.peek()) is not None:  # only a closing parenthesis stops a disjunction
            raise PatternError(token.start, "this parenthesis was never opened", 'a "(" before it')
        return tree

    def peek(self, ahead: int = 0) -> Token | None:
        at = self.next + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def peek_kind(self, ahead: int = 0) -> str:
        token = self.peek(ahead)
        return "" if token is None else token.kind

    @property
    def end(self) -> int:
        """Where the last token taken ends."""
        return self.tokens[self.next - 1].end

    def take(self) -> Token:
        token = self.tokens[self.next]
        self.next += 1
        return token

    def disjunction(self) -> Node:
        parts = [self.conjunction()]
        while self.peek_kind() == "OR":
            self.take()
            parts.append(self.conjunction())
        if len(parts) == 1:
            return parts[0]
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
        return Or(parts=tuple(flat), at=_hull(parts))

    def conjunction(self) -> Node:
        parts = [self.negation()]
        while self.peek_kind() not in ("", "OR", ")"):
            if self.peek_kind() == "AND":
                self.take()
            parts.append(self.negation())
        if len(parts) == 1:
            return parts[0]
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
        return And(parts=tuple(flat), at=_hull(parts))

    def negation(self) -> Node:
        if self.peek_kind() != "NOT":
            return self.nearness()
        token = self.take()
        if (following := self.peek()) is not None and following.kind == "NEAR":
            raise PatternError(token.start, f"nothing stands before NOT {following.text}", OPERAND)
        self.deeper(token)
        inner = self.negation()
        self.depth -= 1
        return Not(inner=inner, at=(token.start, self.end))

    def nearness(self) -> Node:
        left = self.operand()
        links = 0
        while True:
            is_negated = self.peek_kind() == "NOT" and self.peek_kind(1) == "NEAR"
            if not is_negated and self.peek_kind() != "NEAR":
                self.depth -= links
                return left
            if is_negated:
                self.take()
            token = self.take()
            self.deeper(token)
            links += 1
            if self.peek_kind() == "NOT":
                raise PatternError(
                    self.tokens[self.next].start,
                    f"NOT after {token.text}",
                    f"A NOT {token.text} B for an A with no B that near",
                )
            right = self.operand()
            name, _, distance = token.text.partition("/")
            left = Near(
                left=left,
                right=right,
                words=int(distance),
                is_ordered=name == "ONEAR",
                is_negated=is_negated,
                at=(left.at[0], self.end),
            )

    def operand(self) -> Node:  # noqa: PLR0911 (one return a kind of token)
        token = self.peek()
        if token is None:
            last = self.tokens[-1]
            raise PatternError(last.start, f"nothing follows {self.text[last.start : last.end]}", OPERAND)
        if token.kind in ("AND", "OR", "NEAR", "NOT"):
            raise PatternError(token.start, f"nothing stands before {token.text}", OPERAND)
        if token.kind == ")":
            return self.closing(token)
        self.take()
        match token.kind:
            case "(":
                return self.group(token)
            case "prefix":
                return self.prefixed(token)
            case "actor":
                return ActorRef(name=token.text, at=(token.start, token.end))
            case "lexicon":
                return LexiconRef(name=token.text, at=(token.start, token.end))
            case "regex":
                return Regex(expression=token.text, at=(token.start, token.end))
            case _:
                return self.word(token)

    def closing(self, token: Token) -> Node:
        before = self.tokens[self.next - 1] if self.next else None
        if before is None:
            raise PatternError(token.start, "this parenthesis was never opened", 'a "(" before it')
        if before.kind == "(":
            raise PatternError(before.start, "there is nothing in these parentheses", OPERAND)
        raise PatternError(before.start, f"nothing follows {self.text[before.start : before.end]}", OPERAND)

    def group(self, opened: Token) -> Node:
        self.deeper(opened)
        if self.peek() is None:
            raise PatternError(opened.start, "the parenthesis is not closed", 'a ")" after it')
        inner = self.disjunction()
        if self.peek_kind() != ")":
            raise PatternError(opened.start, "the parenthesis is not closed", 'a ")" after it')
        self.depth -= 1
        self.take()
        return inner

    def prefixed(self, token: Token) -> Node:
        self.deeper(token)
        if self.peek_kind() in ("", ")", "AND", "OR", "NEAR", "NOT"):
            raise PatternError(token.start, f"nothing follows {token.text}:", f"{token.text}: and {OPERAND}")
        inner = self.operand()
        self.depth -= 1
        at = (token.start, self.end)
        if _is_role(token.text):
            return RoleOf(role=token.text, inner=inner, at=at)
        return Truth(where=cast(Where, token.text), inner=inner, at=at)

    def word(self, token: Token) -> Node:
        try:
            term = term_of(token.text)
        except ValueError as error:
            expected = "missil* for all that begins so, or OR between the spellings" if "*" in token.text else OPERAND
            raise PatternError(token.start, str(error), expected) from None
        return Word(term=term, at=(token.start, token.end))

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise PatternError(token.start, "too many operators inside each other", f"at most {DEPTH_LIMIT}")


def _hull(parts: list[Node]) -> tuple[int, int]:
    return (parts[0].at[0], parts[-1].at[1])


def _is_role(text: str) -> TypeGuard[Role]:
    return text in ROLES


# --- and back ---------------------------------------------------------------------------------------------------------

_TIGHTNESS: dict[type[Node], int] = {Or: 0, And: 1, Not: 2, Near: 3}


def spell(node: Node) -> str:  # noqa: PLR0911 (one return a kind of node)
    """The pattern's text in its plain spelling: reading it again gives the same tree."""
    match node:
        case Word():
            return f'"{node.term}"'
        case ActorRef():
            return f"@{node.name}"
        case LexiconRef():
            return f"#{node.name}"
        case Regex():
            return "/" + node.expression.replace("/", "\\/") + "/"
        case RoleOf():
            return f"{node.role}:{_spell_inside(node.inner, 4)}"
        case Truth():
            return f"{node.where}:({spell(node.inner)})"
        case Near():
            name = ("NOT " if node.is_negated else "") + ("ONEAR" if node.is_ordered else "NEAR")
            return f"{_spell_inside(node.left, 3)} {name}/{node.words} {_spell_inside(node.right, 4)}"
        case Not():
            return f"NOT {_spell_inside(node.inner, 2)}"
        case And():
            return " AND ".join(_spell_inside(part, 2) for part in node.parts)
        case Or():
            return " OR ".join(_spell_inside(part, 1) for part in node.parts)
        case _:
            raise TypeError(f"no spelling for {type(node).__name__}")


def _spell_inside(node: Node, least: int) -> str:
    """In parentheses where it binds less tightly than its place asks for."""
    told = spell(node)
    return f"({told})" if _TIGHTNESS.get(type(node), 4) < least else told


def names_in(tree: Node) -> tuple[tuple[ActorRef | LexiconRef, int], ...]:
    """The actors and lexicons that a pattern names, each with where it stands in the text."""
    return tuple((node, node.at[0]) for node in tree.walk() if isinstance(node, ActorRef | LexiconRef))
