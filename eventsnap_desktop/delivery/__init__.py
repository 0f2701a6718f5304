"""How photos reach a guest: for now, which printers this machine has."""
