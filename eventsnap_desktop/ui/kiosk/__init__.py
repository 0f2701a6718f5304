"""The guest's screens."""
