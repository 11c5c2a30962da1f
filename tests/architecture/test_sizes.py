"""Files of one breath, functions of one thought."""

from sizes import functions, length

from architecture.source import ROOT, at, parsed, python_files

LONGEST_FILE = 200
LONGEST_FUNCTION = 25


def test_no_file_is_longer_than_one_breath() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in python_files()}
    assert {str(file.relative_to(ROOT)): lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_one_thought() -> None:
    found = [(at(file, function), function) for file in python_files() for function in functions(parsed(file))]
    assert found
    assert {where: length(function) for where, function in found if length(function) > LONGEST_FUNCTION} == {}
