# The service in a container:  docker build -t market-pulse . && docker run -e DISCORD_TOKEN -v market-pulse:/data market-pulse
FROM python:3.12-slim
WORKDIR /src
COPY pyproject.toml README.md LICENSE NOTICE requirements.lock ./
COPY bot bot
COPY db db
COPY extractors extractors
COPY config config
RUN pip install --no-cache-dir . && useradd --create-home pulse && mkdir /data && chown pulse /data && rm -rf /src
USER pulse
WORKDIR /data
ENV MARKET_PULSE_DB=/data/market-pulse.db
VOLUME /data
ENTRYPOINT ["market-pulse"]
CMD ["run"]
