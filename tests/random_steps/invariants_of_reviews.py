"""What must hold of every review, whatever has been tried."""

from domain.correction.amending import apply_corrections
from domain.review.events import Commissioned, Completed, Declined
from domain.review.state import Review
from domain.shared.vocabulary import Kind, Role
from random_steps.run import Happened, Run

IMPORTER = "importer"
"""Imports tell of reviews as they were."""


def nothing_is_declined_that_must_be_reviewed(run: Run, happened: Happened) -> None:
    """Nor before whoever must advise has, nor is less commissioned without the chair and a reason."""
    for id in (each for each in happened.touched if run.scene.kind(each) is Kind.REVIEW):
        review: Review = run.scene.state(id)
        asked = run.scene.frameworks[review.framework].always(review.circumstances)
        for fact in (each.fact for each in run.scene.facts[id]):
            if isinstance(fact, Declined):
                assert not asked, f"{id} was declined: {review.circumstances}"
            if isinstance(fact, Commissioned) and review.referred_kind and fact.by.subject != IMPORTER:
                as_referred = fact.kind == review.referred_kind
                assert as_referred or (fact.by.role is Role.CHAIR and fact.reason), f"{id} is another kind"


def a_completed_review_lacks_no_agreement(run: Run, happened: Happened) -> None:
    """Whatever took over from whatever, on whichever day, and whatever was corrected."""
    for id in (each for each in happened.touched if run.scene.kind(each) is Kind.REVIEW):
        review: Review = run.scene.state(id)
        completed = [each.fact for each in apply_corrections(run.scene.facts[id]) if isinstance(each.fact, Completed)]
        if completed and review.agreed_by and completed[0].by.subject != IMPORTER:
            assert not review.lacking, f"{id} was completed without the agreement of {review.lacking}"
