"""The only crossing between threads and widgets."""
