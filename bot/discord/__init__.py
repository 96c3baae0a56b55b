"""The Discord connection: supervised client, buttons, modals, what commands work with. The commands are in `bot.cogs`."""
