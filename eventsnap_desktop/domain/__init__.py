"""The words of the program as frozen values, and its errors; imports nothing of the program."""
