"""Who hears what, and that it arrives: news decisions, watches, outbox, digests on schedule, places messages go to."""
