"""Reusable widgets and the theme; they know nothing of events or guests."""
