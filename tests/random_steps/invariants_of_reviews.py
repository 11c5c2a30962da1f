"""What must hold of every review, whatever has been tried."""

from domain.correction.amending import amended
from domain.review.events import Completed
from domain.review.state import Review
from domain.words import Kind
from random_steps.run import Happened, Run

IMPORTER = "importer"
"""Imports tell of reviews as they were."""


def a_completed_review_lacks_no_agreement(run: Run, happened: Happened) -> None:
    """Whatever took over from whatever, on whichever day, and whatever was corrected."""
    for id in (each for each in happened.touched if run.scene.kind(each) is Kind.REVIEW):
        review: Review = run.scene.state(id)
        completed = [each.fact for each in amended(run.scene.facts[id]) if isinstance(each.fact, Completed)]
        if completed and review.agreed_by and completed[0].by.subject != IMPORTER:
            assert not review.lacking, f"{id} was completed without the agreement of {review.lacking}"
