"""Answers as other systems print and write them: one module a system or a family of displays."""
