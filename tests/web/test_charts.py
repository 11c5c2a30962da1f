"""Bars: as long as their numbers say, and nothing of what there is none of."""

from web.charts import LABEL, VALUE, WIDTH, bars


def test_the_widest_row_takes_all_the_room_and_the_others_their_share() -> None:
    chart = bars([("police", [2, 2]), ("health", [0, 1]), ("school", [0, 0])], ["new", "old"])
    police, health = chart.rows
    assert [each.label for each in chart.rows] == ["police", "health"]
    assert sum(part.width for part in police.parts) == WIDTH - LABEL - VALUE
    assert [(part.shade, part.text) for part in health.parts] == [(1, "old: 1")]
    assert health.parts[0].width * 4 == WIDTH - LABEL - VALUE
    assert police.parts[1].x == LABEL + police.parts[0].width
    assert (police.total, health.total) == (4, 1)


def test_a_chart_of_nothing_has_no_rows() -> None:
    assert bars([("police", [0])], ["new"]).rows == []
    assert bars([], []).height == 0
