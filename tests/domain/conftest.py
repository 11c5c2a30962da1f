import pytest

from domain.shared.vocabulary import Kind
from support.in_memory_register import Story


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture(params=[Kind.RECOMMENDATION, Kind.ACTION], ids=str)
def kind(request: pytest.FixtureRequest) -> Kind:
    """What recommendation and action share is told of both."""
    kind: Kind = request.param
    return kind
