"""Names as people type them: the same whatever the capitals and the spaces."""


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()
