"""What was done last, taken back by one key; and long work on many tickets, seen and stopped."""
