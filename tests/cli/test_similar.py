"""`goldenthread similar` scores any pairs of texts, and says what is wrong with a file."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app

PAIRS = [
    (
        "1",
        "Supervision of social workers is regular and reflective",
        "Social workers have regular, reflective supervision",
    ),
    ("2", "Supervision of social workers is regular and reflective", "Pupils have a place at school at once"),
    ("3", "", "=cmd()"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as into:
        csv.writer(into).writerows([("id", "a_text", "b_text"), *PAIRS])
    return path


def typed(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["similar", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def test_each_pair_gets_a_score_and_a_verdict_and_keeps_what_else_it_had(file: Path) -> None:
    code, out, _ = typed(file)
    found = list(csv.DictReader(StringIO(out)))
    assert code == 0
    assert [(row["id"], row["same"]) for row in found] == [("1", "yes"), ("2", "no"), ("3", "no")]
    assert [tuple(row.values())[:3] for row in found] == PAIRS
    assert [float(row["score"]) >= 0.5 for row in found] == [True, False, False]


def test_it_is_written_to_a_file_where_one_is_named(file: Path, tmp_path: Path) -> None:
    code, out, _ = typed(file, "--output", tmp_path / "scored.csv")
    assert (code, out) == (0, "")
    assert (tmp_path / "scored.csv").read_text(encoding="utf-8") == typed(file)[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a_text,text\nx,y\n", "has no column b_text; expected a_text and b_text"),
        (b"", "has no column a_text and no column b_text"),
        (b"a_text,b_text,score\nx,y,1\n", "has a column score already"),
        (b"a_text,b_text\nx,y,z\n", "line 2: expected a value for each column"),
        (b"a_text,b_text\nx\n", "line 2: expected a value for each column"),
        (b"a_text,b_text\n\xff\xfe,y\n", "not a "),
        (b'a_text,b_text\n"x,y\n', "after line 1: not CSV"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_written(tmp_path: Path, content: bytes, said: str) -> None:
    file, output = tmp_path / "pairs.csv", tmp_path / "scored.csv"
    file.write_bytes(content)
    code, _, err = typed(file, "--output", output)
    assert code == 1
    assert said in err
    assert [path.name for path in tmp_path.iterdir()] == ["pairs.csv"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, _, err = typed(tmp_path / "none.csv")
    assert (code, err) == (1, f"{tmp_path / 'none.csv'}: No such file or directory.\n")
