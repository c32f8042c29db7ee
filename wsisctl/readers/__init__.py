"""What people send, whatever its format, as tables of text that know every row's number."""
