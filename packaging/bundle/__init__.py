"""What goes into the frozen program, computed for packaging/eventsnap.spec."""
