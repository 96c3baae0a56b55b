"""Text in, mentions and reactions out. Pure: no network, clock, files, SQL or Discord."""
