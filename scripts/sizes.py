"""Report how long files and functions are: the median and the longest, per room of src/."""

import ast
from pathlib import Path
from statistics import median

SRC = Path(__file__).resolve().parent.parent / "src"


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    documented = function.end_lineno is not None and ast.get_docstring(function) is not None
    docstring = function.body[0] if documented else None
    prose = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - prose


def report(room: Path) -> str:
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(room.rglob("*.py"))}
    files = [len(text.splitlines()) for text in texts.values() if text]
    bodies = [length(function) for text in texts.values() for function in functions(ast.parse(text))]
    if not bodies:
        return f"{room.name:12} empty"
    return (
        f"{room.name:12} files {len(files):4}  median {median(files):5.1f}  longest {max(files):4}   "
        f"functions {len(bodies):5}  median {median(bodies):4.1f}  longest {max(bodies):3}"
    )


def main() -> None:
    for room in sorted(path for path in SRC.iterdir() if path.is_dir() and path.suffix == ""):
        print(report(room))


if __name__ == "__main__":
    main()
