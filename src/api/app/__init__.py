"""The composition root: the one place that chooses implementations."""

from api.app.installation import Installation
from api.app.serving import create_app

__all__ = ["Installation", "create_app"]
