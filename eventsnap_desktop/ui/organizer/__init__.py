"""The organizer's window: one file a page."""
