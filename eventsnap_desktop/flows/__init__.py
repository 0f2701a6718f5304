"""What the program does, step by step, without Qt, SQL or sockets."""
