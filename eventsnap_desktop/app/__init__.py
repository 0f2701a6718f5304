"""Builds the real objects and joins them, one file a mode; the only place that knows concrete classes."""
