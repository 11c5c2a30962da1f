"""The outermost command: whatever fails below it becomes one sentence on stderr and an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException

from cli.errors import is_expected, sentence

TRACED = "GOLDENTHREAD_LOG_LEVEL"


class Commands(TyperGroup):
    """Exit codes: 0 done, 1 refused or failed, 2 typed wrongly, 70 a fault of the program, 130 interrupted."""

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
            _fail(sentence(error), 1 if is_expected(error) else 70)
        sys.exit(code if isinstance(code, int) else 0)


def _fail(text: str, code: int) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(code)
