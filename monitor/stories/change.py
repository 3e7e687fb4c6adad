"""What a new hit changes about a story, in words that a reader understands."""

from monitor.material import material_since
from monitor.model import Material, Names, Story


def material(before: Story | None, after: Story, names: Names) -> tuple[tuple[Material, str], ...]:
    """What is materially new in `after`, each as its kind and words: old -> new. Empty: nothing to tell.

    By the law "Material change": a status not told before from that side, a denial, a party's own word, a
    quantity 25 % above the highest told in its unit, a higher severity; or that the story was opened.
    """
    if before is None:
        return (("opened", f"opened: {after.title}"),)
    return material_since(before, after, names)
