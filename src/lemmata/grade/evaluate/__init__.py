"""Values of answers, and instances of the letters in them, on which expressions are tried."""
