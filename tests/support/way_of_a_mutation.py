"""The way of `actionSubmitEvidence`, followed; `python -m support.way_of_a_mutation` writes it into the page."""

import re

from page_tables import DOCS, code, table
from tools.trace_mutation import Trace, tracing

from api.app import Installation
from domain.lifecycle.decide import evidence
from storage.embedded import temporary_server
from support.partnership_world import World, establish

PAGE = DOCS / "architecture.md"
NAME = "way of a mutation"
RESOLVER = "resolve"


def followed(world: World) -> Trace:
    """Evidence submitted on an action whose streams and query are known to the process already."""
    trace = Trace(evidence.submit.__code__)
    action = world.assigned()
    again = World(world.installation, world.tokens)
    with tracing(trace):
        for recording in (False, True):
            trace.recording = recording
            again.do("police", "actionSubmitEvidence", id=action, narrative="Trained", claimsComplete=False)
    return trace


def rows(trace: Trace) -> str:
    """Every file in the order in which the request comes to it, with the first of its functions that is called."""
    named = ((file, functions[0].replace(".<locals>", "")) for file, functions in trace.called.items())
    return table(("file", "comes in by"), ((code([f"src/{file}"]), code([function])) for file, function in named))


def main() -> None:
    with temporary_server() as conninfo, Installation.open(conninfo) as installation:
        written = rows(followed(World(installation, establish(installation))))
    text = PAGE.read_text(encoding="utf-8")
    standing = re.compile(rf"(<!-- table: {NAME} -->\n).*?(<!-- end -->)", re.DOTALL)
    PAGE.write_text(standing.sub(lambda found: found[1] + written + found[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
