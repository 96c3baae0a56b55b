"""The running service: the only room that touches network, clock, pixels and people."""
