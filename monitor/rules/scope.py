"""A wider scope: AND and NOT look through the paragraph or article, while roles and NEAR stay in the sentence."""

from dataclasses import replace

from monitor.rules.operators import And, Node, Not, Or, RoleOf, Truth, Where


def widened(pattern: Node, where: Where) -> Node:
    """The pattern in which each operand of an AND without a role may also be found elsewhere in that part.

    Found in the sentence it has its place there as before; found elsewhere it is a truth, and no evidence.
    """
    match pattern:
        case And():
            return replace(pattern, parts=tuple(_operand(part, where) for part in pattern.parts))
        case Or():
            return replace(pattern, parts=tuple(widened(part, where) for part in pattern.parts))
        case _:
            return pattern


def _operand(part: Node, where: Where) -> Node:
    if any(isinstance(node, RoleOf) for node in part.walk()):
        return widened(part, where)
    elsewhere = _anywhere(part, where)
    return elsewhere if part.is_placeless else Or(parts=(part, elsewhere), at=part.at)


def _anywhere(node: Node, where: Where) -> Node:
    """The node as a truth of that part; under AND and OR each operand may stand in another sentence."""
    match node:
        case Truth():
            return node
        case Not():
            return replace(node, inner=_anywhere(node.inner, where))
        case And() | Or():
            return replace(node, parts=tuple(_anywhere(part, where) for part in node.parts))
        case _:
            return Truth(where=where, inner=node, at=node.at)
