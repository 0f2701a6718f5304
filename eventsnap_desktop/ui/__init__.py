"""Everything Qt: the bridge to threads, widgets, the organizer's and the guests' windows."""
