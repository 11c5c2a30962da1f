"""Names as people type them, and why a value cannot stand, in our own words."""

from collections.abc import Mapping
from typing import Any

# Why a value cannot stand, in our own words: what a library says of it never reaches a partner.
_TEXT = "a text is expected"
_NUMBER = "a whole number is expected"
_DECIMAL = "a number is expected"
_TRUTH = "true or false is expected"
_DAY = "a day is expected, written YYYY-MM-DD"
_MOMENT = "a moment is expected, written YYYY-MM-DDTHH:MM:SSZ"
_TIME = "a time is expected, written HH:MM:SS"
_ID = "an id as the register gave it is expected"
_LIST = "a list is expected"
_PARTS = "an entry with named fields is expected"
_ADDRESS = "an address is expected, beginning with http:// or https://"

WORDS: Mapping[str, str] = {
    **dict.fromkeys(("string_type", "string_sub_type", "string_unicode", "string_not_ascii", "bytes_type"), _TEXT),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), _NUMBER),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing", "finite_number"), _DECIMAL),
    **dict.fromkeys(("bool_type", "bool_parsing"), _TRUTH),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _DAY),
    **dict.fromkeys(("datetime_type", "datetime_parsing", "datetime_from_date_parsing"), _MOMENT),
    **dict.fromkeys(("timezone_naive", "timezone_aware", "timezone_offset", "datetime_object_invalid"), _MOMENT),
    **dict.fromkeys(("time_type", "time_parsing", "time_delta_type", "time_delta_parsing"), _TIME),
    **dict.fromkeys(("uuid_type", "uuid_parsing", "uuid_version"), _ID),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type"), _LIST),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type", "mapping_type", "dataclass_type"), _PARTS),
    **dict.fromkeys(("url_type", "url_parsing", "url_syntax_violation", "url_scheme"), _ADDRESS),
    "url_too_long": "at most {max_length} characters are taken",
    "missing": "a value is expected",
    "extra_forbidden": "there is no such field",
    "string_too_short": "at least {min_length} characters are expected",
    "string_too_long": "at most {max_length} characters are taken",
    "bytes_too_short": "at least {min_length} characters are expected",
    "bytes_too_long": "at most {max_length} characters are taken",
    "string_pattern_mismatch": "it is not written as is expected here",
    "too_short": "at least {min_length} are expected",
    "too_long": "at most {max_length} are taken",
    "greater_than": "more than {gt} is expected",
    "greater_than_equal": "at least {ge} is expected",
    "less_than": "less than {lt} is expected",
    "less_than_equal": "at most {le} is expected",
    "multiple_of": "a multiple of {multiple_of} is expected",
    "enum": "one of {expected} is expected",
    "literal_error": "one of {expected} is expected",
    "date_past": "a day that has passed is expected",
    "date_future": "a day to come is expected",
    "datetime_past": "a moment that has passed is expected",
    "datetime_future": "a moment to come is expected",
    "value_error": "{error}",
}
OTHERWISE = "it is not what is expected here"


def why_it_cannot_stand(fault: Mapping[str, Any]) -> str:
    """One fault of a validation as a part of a sentence; `value_error` is of our own words."""
    template = WORDS.get(fault["type"], OTHERWISE)
    try:
        return template.format_map(fault.get("ctx") or {})
    except KeyError:
        return OTHERWISE


def as_a_sentence(fault: Mapping[str, Any]) -> str:
    message = why_it_cannot_stand(fault)
    return f"{message[:1].upper()}{message[1:]}."


# Names as people type them: the same whatever the capitals and the spaces.


def normalised(text: str) -> str:
    return " ".join(text.split()).casefold()
