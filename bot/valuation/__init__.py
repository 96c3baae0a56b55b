"""The bridge between stored deals, live figures and the pure capacity model in `bot.capacity`."""
