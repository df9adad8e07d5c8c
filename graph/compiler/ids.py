"""Global ids: `Label:id`, readable, the same for every type of one label."""

from __future__ import annotations

from graph.errors import InvalidInput

LARGEST_NODES = 100
"""Most ids that one field is asked for at once."""


class MalformedId(InvalidInput):
    """A text that is no global id, or one of another kind of thing than the place asks for."""

    code = "MALFORMED_ID"


class TooManyIds(InvalidInput):
    """More ids in one field than are answered at once."""

    code = "TOO_MANY_IDS"

    def __init__(self, given: int) -> None:
        super().__init__(
            "ids",
            f"一次最多 {LARGEST_NODES} 个编号，得到的是 {given} 个",
            f"ask for at most {LARGEST_NODES} ids at once, got {given}",
            value=given,
            largest=LARGEST_NODES,
        )


def global_id(label: str, own: str) -> str:
    """The global id of the node with that label and own id."""
    return f"{label}:{own}"


def split_id(given: str, field: str = "id") -> tuple[str, str]:
    """`(label, own id)` of a global id. Raises MalformedId when it is none."""
    label, colon, own = given.partition(":")
    if not colon or not label.isidentifier() or not own:
        raise MalformedId(
            field,
            f"编号 {given!r} 格式不对，应为“类型:编号”，例如 School:s-01",
            f"{given!r} is no id; an id looks like School:s-01",
            value=given,
        )
    return label, own


def own_id(given: str, label: str, field: str = "id") -> str:
    """The own id in a global id of `label`. Raises MalformedId when it is none, or of another label."""
    found, own = split_id(given, field)
    if found != label:
        raise MalformedId(
            field,
            f"{field} 应为 {label} 的编号（{label}:…），得到的是 {given!r}",
            f"{field} wants the id of a {label} ({label}:…), got {given!r}",
            value=given,
            wanted=label,
        )
    return own
