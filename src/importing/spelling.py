"""Names as spreadsheets write them, tidied."""

import re

SMALL = frozenset({"and", "in", "le", "of", "on", "the", "under", "upon", "with"})


def slug(name: str) -> str:
    """A key made of a name: small letters and digits between single hyphens; empty where there are none."""
    words = re.sub(r"['’]", "", name.casefold().replace("&", " and "))
    return "-".join(re.findall(r"[a-z0-9]+", words))[:120].strip("-")


def tidied(name: str) -> str:
    """A name written all in small or all in capital letters gets its capitals; another one stays as it is.

    A single word in capitals is taken for what people call the agency: ICB, NHS.
    """
    plain = " ".join(name.split())
    if plain == plain.upper() and " " not in plain:
        return plain
    if plain not in {plain.lower(), plain.upper()}:
        return plain
    words = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda word: _capital(word.group()), plain.lower())
    return words[:1].upper() + words[1:]


def sentence(text: str) -> str:
    """With a capital at its beginning and single spaces."""
    plain = " ".join(text.split())
    return plain[:1].upper() + plain[1:]


def _capital(word: str) -> str:
    return word if word in SMALL else word[:1].upper() + word[1:]
