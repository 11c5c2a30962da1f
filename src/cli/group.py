"""The outermost command: it loads the one that was typed; whatever fails becomes one sentence and an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from typer import Typer
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException
from typer.main import get_group

TRACED = "GOLDENTHREAD_LOG_LEVEL"

COMMANDS = {
    "demo": "cli.demo.command:demo",
    "serve": "cli.serving:serve",
    "partnership": "cli.partnership:app",
    "framework": "cli.framework:app",
    "agency": "cli.agency:app",
    "theme": "cli.theme:app",
    "token": "cli.tokens:token",
    "sign-in-link": "cli.sign_in_link:sign_in_link",
    "credential": "cli.credential:app",
    "import": "cli.import_command:import_spreadsheet",
    "similar": "cli.similar:similar",
    "report": "cli.reporting.command:report",
    "rebuild": "cli.rebuild:rebuild",
    "verify": "cli.verify:verify",
    "backup": "cli.backup:backup",
    "restore": "cli.backup:restore",
    "maintenance": "cli.maintenance:app",
}
"""Where each stands, in the order of the help. One is imported when it is typed: all together take seconds."""


class Commands(TyperGroup):
    """Exit codes: 0 done, 1 refused or failed, 2 typed wrongly, 70 a fault of the program, 130 interrupted."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in COMMANDS:
            return _loaded(cmd_name)
        self.commands = dict.fromkeys(COMMANDS, self)  # the names are compared with what was typed
        return None

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except TyperException as wrong:
            _fail(getattr(wrong, "format_message", wrong.__str__)(), getattr(wrong, "exit_code", 2))
        except Abort:
            _fail("Interrupted.", 130)
        except Exception as error:
            if os.environ.get(TRACED, "").lower() == "debug":
                raise
            errors = import_module("cli.errors")  # it knows what can go wrong in every room
            _fail(errors.sentence(error), 1 if errors.is_expected(error) else 70)
        sys.exit(code if isinstance(code, int) else 0)


def _loaded(name: str) -> Any:
    module, _, found = COMMANDS[name].partition(":")
    command = getattr(import_module(module), found)
    alone = Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    if isinstance(command, Typer):
        alone.add_typer(command, name=name)
    else:
        alone.command(name)(command)
    return get_group(alone).commands[name]


def _fail(text: str, code: int) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(code)
