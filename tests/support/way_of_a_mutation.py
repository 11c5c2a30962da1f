"""The way of `actionSubmitEvidence`, followed; `python -m support.way_of_a_mutation` writes it into the page."""

import re

from page_tables import DOCS, code, table
from tools.trace_mutation import Trace, tracing

from api.app.installation import Installation
from domain.lifecycle import decide
from storage.embedded import temporary_server
from support.partnership_world import World, establish

PAGE = DOCS / "architecture.md"
RESOLVER = "resolve"


def followed(world: World) -> Trace:
    """Evidence submitted on an action whose streams and query are known to the process already."""
    trace = Trace(decide.submit_evidence.__code__)
    action = world.assigned()
    again = World(world.installation, world.tokens)
    with tracing(trace):
        for recording in (False, True):
            trace.recording = recording
            again.do("police", "actionSubmitEvidence", id=action, narrative="Trained", claimsComplete=False)
    return trace


def rows(trace: Trace) -> str:
    """Every file in the order in which the request comes to it, the first of its functions called, and its stages."""
    found: dict[str, tuple[str, list[str]]] = {}
    for stage, called in trace.called.items():
        for file, functions in called.items():
            found.setdefault(file, (functions[0].replace(".<locals>", ""), []))[1].append(stage)
    named = ((code([f"src/{file}"]), code([function]), ", ".join(stages)) for file, (function, stages) in found.items())
    return table(("file", "comes in by", "stages"), named)


def counts(trace: Trace) -> str:
    """How many files each stage comes to, and all together."""
    counted = [(stage, str(len(called))) for stage, called in trace.called.items()]
    return table(("stage", "files"), [*counted, ("all", str(len(trace.files)))])


TABLES = {"way of a mutation": rows, "files of a mutation": counts}


def _replaced(text: str, name: str, body: str) -> str:
    standing = re.compile(rf"(<!-- table: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    return standing.sub(lambda found: found[1] + body + found[2], text)


def main() -> None:
    with temporary_server() as conninfo, Installation.open(conninfo) as installation:
        trace = followed(World(installation, establish(installation)))
    text = PAGE.read_text(encoding="utf-8")
    for name, written in TABLES.items():
        text = _replaced(text, name, written(trace))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
