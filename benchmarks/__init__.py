"""Scripts that measure the program beside its peers; they print ratios and assert nothing."""
