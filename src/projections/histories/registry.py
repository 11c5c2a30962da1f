"""Which facts feed which read models: the contents page of the read side."""

from collections.abc import Mapping
from typing import Any

from domain.shared.vocabulary import Kind
from projections.engine.timeline import Fold
from projections.histories.action import ActionFold
from projections.histories.agency import AgencyFold
from projections.histories.challenge import ChallengeFold
from projections.histories.credential import CredentialFold
from projections.histories.partnership import PartnershipFold
from projections.histories.programme import ProgrammeFold
from projections.histories.recommendation import RecommendationFold
from projections.histories.review import ReviewFold
from projections.histories.theme import ThemeFold
from projections.histories.yearly_return import ReturnFold

FOLDS: Mapping[Kind, Fold[Any]] = {
    Kind.REVIEW: ReviewFold(),
    Kind.RECOMMENDATION: RecommendationFold(),
    Kind.ACTION: ActionFold(),
    Kind.CHALLENGE: ChallengeFold(),
    Kind.PROGRAMME: ProgrammeFold(),
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
    "programme_history": "thing",
    "entry_history": "entry",
    "dissemination_history": "dissemination",
    "duty_history": "duty",
    "return_history": "thing",
    "agency_history": "agency",
    "theme_history": "theme",
    "partnership_history": "partnership",
    "credential_history": "credential",
}
