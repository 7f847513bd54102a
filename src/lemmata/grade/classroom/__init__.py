"""The answers of a class: taken in, marked within limits of time and memory, kept, reported."""
