"""`goldenthread demo`"""

from typing import Annotated

import typer

from api.app.installation import Installation
from api.app.settings import Settings, load_settings
from cli import options, output, serving
from cli.demo.founding import alone, found
from cli.demo.holders import tokens
from cli.demo.welcome import welcome
from storage.embedded import embedded_server


def demo(
    data: options.Data = None,
    host: Annotated[
        str | None, typer.Option("--host", help="The address to listen on [default: 127.0.0.1].", show_default=False)
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", help="The port to listen on [default: 8000].", show_default=False)
    ] = None,
) -> None:
    """Serve a worked example partnership with years of history, and print a token for each role."""
    settings = load_settings(data=data, host=host, port=port)
    serving.bound(settings.host, settings.port).close()  # a port in use is told before anything is made
    with embedded_server(settings.data, supervise=True) as address:
        print(prepared(settings, address), flush=True)
        # By its address, so that a database of one's own, named in the environment, stays out of this.
        serving.serve(settings.data, address, settings.host, settings.port)


def prepared(settings: Settings, address: str) -> str:
    """The worked example is made if need be; what to tell about it."""
    with Installation.open(address) as opened, alone(settings.data), output.shown() as step:
        found(opened, lambda done, of: step("Recording six years of history", done, of))
        held = tokens(opened, settings.data)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return welcome(held, f"http://{host}:{settings.port}")
