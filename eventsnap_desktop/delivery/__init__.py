"""How photos reach a guest: addresses, what a print shows, which printers this machine has."""
