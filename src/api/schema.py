"""The schema: reading and writing, and nothing else."""

import strawberry

from api.mutations.mutation import mutation_type
from api.queries.query import Query
from api.scalars import configuration
from api.types.action import Action
from api.types.agency import Agency
from api.types.challenge import Challenge
from api.types.learning import LearningPoint
from api.types.programme import AuditProgramme
from api.types.recommendation import Recommendation
from api.types.review import Review
from api.types.theme import Theme

NODES = (Review, LearningPoint, Recommendation, Action, Challenge, AuditProgramme, Agency, Theme)


def build() -> strawberry.Schema:
    """The schema that the gate admits queries to; its export is `schema.graphql`."""
    return strawberry.Schema(query=Query, mutation=mutation_type(), types=NODES, config=configuration())
