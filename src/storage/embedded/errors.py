"""What the embedded server says when it cannot serve."""


class EmbeddedServerError(RuntimeError):
    """One clear sentence for the person at the terminal; nothing was left half done."""
