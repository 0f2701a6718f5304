"""Live pictures: for now, which cameras this machine has."""
