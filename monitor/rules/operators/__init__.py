"""The operators of the pattern language: one file each, and the table of them here.

A new operator is a file and a line in OPERATORS; its rows go into `tests/tables/operators.toml`.
"""

from dataclasses import dataclass

from monitor.rules.operators.actor import ActorRef
from monitor.rules.operators.conjunction import And
from monitor.rules.operators.disjunction import Or
from monitor.rules.operators.lexicon import LexiconRef
from monitor.rules.operators.near import Near
from monitor.rules.operators.negation import Not
from monitor.rules.operators.node import Node
from monitor.rules.operators.regex import Regex, RunawayError
from monitor.rules.operators.role import ROLES, Role, RoleOf
from monitor.rules.operators.truth import WHERES, Truth, Where
from monitor.rules.operators.word import Word

__all__ = [
    "OPERATORS",
    "ROLES",
    "WHERES",
    "ActorRef",
    "And",
    "LexiconRef",
    "Near",
    "Node",
    "Not",
    "Operator",
    "Or",
    "Regex",
    "Role",
    "RoleOf",
    "RunawayError",
    "Truth",
    "Where",
    "Word",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A line of the reference: how an operator is spelled, what it means, and its node."""

    spelled: str
    means: str
    node: type[Node]


OPERATORS: tuple[Operator, ...] = (
    Operator(
        spelled='word, "a phrase", word*', means="the word or phrase in all its forms, or with that start", node=Word
    ),
    Operator(spelled="@actor, @group, @state", means="an actor, one of a group, any actor of that kind", node=ActorRef),
    Operator(spelled="#lexicon", means="any entry of the lexicon", node=LexiconRef),
    Operator(spelled="/re/", means="a regular expression on the original text of one sentence", node=Regex),
    Operator(spelled="act:X, source:X, target:X, object:X, place:X", means="X, in that role", node=RoleOf),
    Operator(spelled="title:(...), article:(...), paragraph:(...)", means="true if found there", node=Truth),
    Operator(spelled="A NEAR/n B, A ONEAR/n B, A NOT NEAR/n B", means="at most n words between", node=Near),
    Operator(spelled="NOT A", means="A occurs nowhere in the scope", node=Not),
    Operator(spelled="A AND B, A B", means="both in one scope", node=And),
    Operator(spelled="A OR B", means="either", node=Or),
)
"""The operators, tightest first."""
