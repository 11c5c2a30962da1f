"""Which facts feed which read models: the contents page of the read side."""

from collections.abc import Mapping
from typing import Any

from domain.words import Kind
from projections.actions.projector import ActionFold
from projections.agencies.projector import AgencyFold
from projections.bitemporal import Fold
from projections.challenges.projector import ChallengeFold
from projections.credentials.projector import CredentialFold
from projections.partnership.projector import PartnershipFold
from projections.recommendations.projector import RecommendationFold
from projections.returns.projector import ReturnFold
from projections.reviews.projector import ReviewFold
from projections.themes.projector import ThemeFold

FOLDS: Mapping[Kind, Fold[Any]] = {
    Kind.REVIEW: ReviewFold(),
    Kind.RECOMMENDATION: RecommendationFold(),
    Kind.ACTION: ActionFold(),
    Kind.CHALLENGE: ChallengeFold(),
    Kind.RETURN: ReturnFold(),
    Kind.AGENCIES: AgencyFold(),
    Kind.THEMES: ThemeFold(),
    Kind.PARTNERSHIP: PartnershipFold(),
    Kind.CREDENTIAL: CredentialFold(),
}

KEY_COLUMNS: Mapping[str, str] = {
    "review_history": "thing",
    "recommendation_history": "thing",
    "action_history": "thing",
    "challenge_history": "thing",
    "entry_history": "entry",
    "dissemination_history": "dissemination",
    "duty_history": "duty",
    "return_history": "thing",
    "agency_history": "agency",
    "theme_history": "theme",
    "partnership_history": "partnership",
    "credential_history": "credential",
}
