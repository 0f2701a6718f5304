"""EventSnap Desktop finds every photo of a guest at a live event."""

__version__ = "0.1.0"
