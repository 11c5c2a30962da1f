"""What a request to the edge may weigh; each limit is refused by name when passed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one request (and on the gate's memory), checked before anything is executed.

    Attributes:
        body_bytes: the whole HTTP body, in bytes.
        query_bytes: the query text alone, in UTF-8 bytes.
        query_tokens: lexical tokens, comments included.
        query_depth: fields inside fields; GraphiQL's own introspection needs 14.
        aliases: aliased fields, counted wherever their fragment is spread.
        directives: directives, counted likewise.
        root_fields: fields at the root of one operation.
        cost: values that the answer may hold: pages multiplied by what they hold or, where a query asks for more, by
            the rows that are found.
        thinness: how many times `cost` a query may ask for: pages inside pages are seldom full.
        page_default: rows of a page when neither `first` nor `last` is given.
        page_maximum: rows of a page when its size comes in a variable.
        list_size: rows that a list without pages is taken to hold.
        errors: validation errors reported before validation stops.
        cache_entries: admitted (or refused) query texts kept.
        cache_bytes: query text kept, in bytes; the parsed documents weigh about two hundred times as much.
        answer_bytes: an answer, in bytes before compression.
        workers: requests executed at the same time.
        partnership_workers: of them, of one partnership.
        caller_workers: of them, of one caller: who has the same subject, role and agency.
        caller_requests: requests of one caller that are executed or wait.
        waiting: requests of all callers that wait.
        request_seconds: from the end of a request's head until it is answered, its waiting included.
    """

    body_bytes: int = 1_048_576
    query_bytes: int = 65_536
    query_tokens: int = 2_500
    query_depth: int = 15
    aliases: int = 200
    directives: int = 100
    root_fields: int = 50
    cost: int = 100_000
    thinness: int = 10
    page_default: int = 20
    page_maximum: int = 100
    list_size: int = 5
    errors: int = 20
    cache_entries: int = 1_000
    cache_bytes: int = 524_288
    answer_bytes: int = 16_777_216
    workers: int = 16
    partnership_workers: int = 8
    caller_workers: int = 4
    caller_requests: int = 32
    waiting: int = 256
    request_seconds: float = 15.0
