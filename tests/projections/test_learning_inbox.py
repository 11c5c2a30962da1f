"""What reaches the inbox of a body that is fed: learning, once it is no draft."""

from datetime import timedelta
from uuid import UUID, uuid4

from domain.review.events import Agreed, Commissioned, LearningIdentified
from domain.shared.vocabulary import Kind
from projections.engine.query_context import AsOf, QueryContext, Window
from projections.queries.learning_inbox.query import Inbox, waiting
from support.fact_recorder import Ground, record
from support.random_histories import BY, START

FRAMEWORK, KIND, BODY = "sunderland-2015", "after-action-review", "training-and-workforce"


def test_a_draft_reaches_nobody_until_everybody_has_agreed_it(ground: Ground) -> None:
    draft, real, agreed_on = uuid4(), uuid4(), START + timedelta(days=5)
    begun = Commissioned(
        happened_on=START,
        by=BY,
        reference=str(uuid4()),
        title="Child J",
        kind=KIND,
        framework=FRAMEWORK,
        agencies=("police", "health"),
        monitored_by=("board",),
        agreed_by=("case-review",),
    )
    said = {"happened_on": START, "by": BY, "wording": "Nobody asked"}
    identified = LearningIdentified.model_validate(said | {"learning_id": draft, "draft": True})
    agreed = [Agreed(happened_on=agreed_on, by=BY, body=each) for each in (None, "case-review")]
    record(ground, Kind.REVIEW, [[begun, identified]])
    whole = record(
        ground,
        Kind.REVIEW,
        [
            [begun.model_copy(update={"reference": str(uuid4())})],
            [identified.model_copy(update={"learning_id": real})],
            list(agreed),
        ],
    )
    known = whole[-1].recorded_at
    assert known is not None
    wanted = Inbox(feeding=[{"framework": FRAMEWORK, "kind": KIND, "body": BODY}], heirs=[])
    with ground.database.transaction(ground.ledger.schema) as conn:

        def reached(days: int) -> set[UUID]:
            query_context = QueryContext(conn, AsOf(known, START + timedelta(days=days)), None)
            return {row.entry for row in waiting(query_context, wanted, Window(100)).rows} & {draft, real}

        assert (reached(4), reached(5)) == (set(), {real})
