"""Builds the real objects and joins them, one file a mode; alone in knowing concrete classes."""
