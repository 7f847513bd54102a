"""Untrusted search for certificates: what it finds, the kernel replays."""
