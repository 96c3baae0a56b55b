"""`market-pulse run`: the service."""

import click


@click.command()
@click.pass_context
def run(ctx: click.Context) -> None:
    """Run the service: collect the feeds, alert once per deal, send digests, answer on Discord.

    With DISCORD_TOKEN in the environment the bot connects to Discord; without it alerts go to this terminal and the
    log to standard error. Ctrl-C or SIGTERM ends it within five seconds. One service at a time may use a database;
    commands such as `feeds add` work beside it.
    """
    import asyncio

    from bot.cli.context import settings_from
    from bot.logs import start_logging
    from bot.service import serve

    settings = settings_from(ctx)
    start_logging(settings.operator.log_level, as_json=settings.operator.log_json)
    asyncio.run(serve(settings))
