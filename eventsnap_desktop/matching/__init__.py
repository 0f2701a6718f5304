"""Selfies to a template, a template to matches and bands."""
