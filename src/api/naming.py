"""Names as GraphQL writes them."""


def camel(name: str) -> str:
    """`follow_up` as `followUp`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
