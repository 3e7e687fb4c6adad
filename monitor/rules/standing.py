"""What may stand where in a pattern, and which operand is its act."""

from dataclasses import replace
from typing import Literal

from monitor.rules.lexer import PatternError
from monitor.rules.operators import And, Near, Node, Not, Or, RoleOf, Truth

Use = Literal["match", "condition", "side"]
"""What a pattern is for: to match (binds roles, has an act), to exclude (roles make no sense), one side of a frame."""

Stand = Literal["place", "truth", "negative"]
"""What a node is beside others: found in the sentence, a truth of the article, or only an absence."""


def check(tree: Node, use: Use) -> None:
    """Refuse what can't hold or can't be bound. Raises PatternError."""
    stand = _stand(tree)
    _check_roles(tree, within="" if use == "match" else use)
    if stand == "negative":
        raise PatternError(tree.at[0], "NOT stands alone", "something to find beside it: A AND NOT B")
    if use == "side":
        for node in tree.walk():
            if isinstance(node, Truth):
                raise PatternError(node.at[0], f"{node.where}: in a side of a frame", "it in unless or exclude")
    elif use == "match" and stand == "truth":
        because = "title:, article: and paragraph: have no place in a sentence, and nothing else stands in this "
        because += "pattern" if _is_all_truths(tree) else "branch of OR"
        raise PatternError(_first_truth(tree).at[0], because, "words, #lexicon or @actor to find beside it")


def _stand(node: Node) -> Stand:  # noqa: PLR0911 (one return a kind of node)
    match node:
        case Truth():
            _refuse_truths(node.inner, f"{node.where}:( ... )")
            if _stand(node.inner) == "negative":
                raise PatternError(
                    node.at[0], f"NOT alone inside {node.where}:", "NOT before it", f"NOT {node.where}:( ... )"
                )
            return "truth"
        case RoleOf():
            _refuse_truths(node.inner, f"{node.role}:")
            if _stand(node.inner) == "negative":
                raise PatternError(node.inner.at[0], f"NOT alone as {node.role}:", "something to find beside it")
            return "place"
        case Near():
            for side in node.children():
                _refuse_truths(side, "NEAR/n")
                if _stand(side) == "negative":
                    raise PatternError(side.at[0], "NOT alone beside NEAR/n", "A NOT NEAR/n B, or something to find")
            return "place"
        case Not():
            if _stand(node.inner) == "negative":
                raise PatternError(node.inner.at[0], "NOT of a NOT", "what must be there, without NOT")
            return "negative"
        case And():
            stands = {_stand(part) for part in node.parts}
            return "place" if "place" in stands else "truth" if "truth" in stands else "negative"
        case Or():
            return _stand_of_branches(node)
        case _:
            return "place"


def _stand_of_branches(node: Or) -> Stand:
    stands = []
    for part in node.parts:
        stand = _stand(part)
        if stand == "negative":
            raise PatternError(
                part.at[0], "a branch of OR that is only a NOT", "something to find in that branch: A OR B AND NOT C"
            )
        stands.append(stand)
    return "truth" if "truth" in stands else "place"


def _refuse_truths(node: Node, around: str) -> None:
    for inner in node.walk():
        if isinstance(inner, Truth):
            because = f"{inner.where}: beside or inside {around}: it has no place in a sentence"
            raise PatternError(inner.at[0], because, f"{inner.where}:( ... ) joined by AND, OR and NOT alone")


def _check_roles(node: Node, *, within: str) -> None:
    """Refuse a role where nothing could be bound: `within` names what forbids it."""
    if isinstance(node, RoleOf):
        if within:
            where = {"condition": "in a pattern that excludes", "side": "in a side of a frame"}.get(within, within)
            expected = f"what follows it, without {node.role}: before it"
            raise PatternError(node.at[0], f"{node.role}: {where}, where it binds nobody", expected)
        _check_roles(node.inner, within=f"inside {node.role}:")
    elif isinstance(node, Not):
        _check_roles(node.inner, within=within or "inside NOT")
    elif isinstance(node, Truth):
        _check_roles(node.inner, within=within or f"inside {node.where}:")
    elif isinstance(node, Near) and node.is_negated:
        _check_roles(node.left, within=within)
        _check_roles(node.right, within=within or "after NOT NEAR/n")
    else:
        for child in node.children():
            _check_roles(child, within=within)


def _is_all_truths(tree: Node) -> bool:
    match tree:
        case And() | Or():
            return all(_is_all_truths(part) for part in tree.parts)
        case Not():
            return _is_all_truths(tree.inner)
        case _:
            return isinstance(tree, Truth)


def _first_truth(tree: Node) -> Node:
    return next((node for node in tree.walk() if isinstance(node, Truth)), tree)


# --- the act ----------------------------------------------------------------------------------------------------------


def with_act(tree: Node) -> Node:
    """The pattern with its act marked, in each branch of an OR. Raises PatternError where nothing can be it."""
    branches = tree.parts if isinstance(tree, Or) else (tree,)
    marked = []
    for branch in branches:
        done = _with_act(branch)
        if done is None:
            raise PatternError(
                branch.at[0],
                "nothing here can be the act: every operand has another role",
                "act: before the word that says what happens",
            )
        marked.append(done)
    return replace(tree, parts=tuple(marked)) if isinstance(tree, Or) else marked[0]


def _with_act(node: Node) -> Node | None:  # noqa: PLR0911 (one return a kind of node)
    """The node with its act marked in every branch, or None where one has nothing that could be it."""
    match node:
        case RoleOf():
            return node if node.role == "act" else None
        case Truth() | Not():
            return None
        case Or():
            parts = [_with_act(part) for part in node.parts]
            done = [part for part in parts if part is not None]
            return replace(node, parts=tuple(done)) if len(done) == len(parts) else None
        case And():
            marked = _mark_one(node.parts)
            return None if marked is None else replace(node, parts=marked)
        case Near():
            positive = (node.left,) if node.is_negated else (node.left, node.right)
            sides = _mark_one(positive)
            if sides is None:
                return None
            return replace(node, left=sides[0], right=node.right if node.is_negated else sides[1])
        case _:
            return RoleOf(role="act", inner=node, at=node.at)


def _mark_one(parts: tuple[Node, ...]) -> tuple[Node, ...] | None:
    """The operands with one of them marked: the one that names an act in every branch, else the first that can."""
    named = [index for index, part in enumerate(parts) if _names_act(part)]
    for index in (*named, *range(len(parts))):
        done = _with_act(parts[index])
        if done is not None:
            return (*parts[:index], done, *parts[index + 1 :])
    return None


def _names_act(node: Node) -> bool:
    return any(isinstance(inner, RoleOf) and inner.role == "act" for inner in node.walk())
