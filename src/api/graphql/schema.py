"""The schema: reading and writing, and nothing else."""

import strawberry

from api.graphql.actions.types import Action
from api.graphql.agencies.types import Agency
from api.graphql.challenges.types import Challenge
from api.graphql.learning.types import LearningPoint
from api.graphql.mutation import mutation_type
from api.graphql.programme.types import AuditProgramme
from api.graphql.query import Query
from api.graphql.recommendations.types import Recommendation
from api.graphql.reviews.types import Review
from api.graphql.themes.types import Theme
from api.relay.scalars import configuration

NODES = (Review, LearningPoint, Recommendation, Action, Challenge, AuditProgramme, Agency, Theme)


def build() -> strawberry.Schema:
    """The schema that the gate admits queries to; its export is `schema.graphql`."""
    return strawberry.Schema(query=Query, mutation=mutation_type(), types=NODES, config=configuration())
