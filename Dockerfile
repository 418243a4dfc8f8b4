# One image for every role: `engage web`, `engage work`, `engage migrate`, or `engage serve` for all in one.

FROM node:22-slim AS front-ends
WORKDIR /src
COPY package.json package-lock.json ./
COPY widgets widgets
COPY agent_console agent_console
RUN npm ci --no-audit --no-fund && npm run build

FROM python:3.11-slim AS program
WORKDIR /src
COPY pyproject.toml requirements.lock README.md ./
COPY kb kb
COPY engage engage
COPY --from=front-ends /src/engage/static engage/static
RUN python -m venv /opt/engage && /opt/engage/bin/pip install --no-cache-dir --constraint requirements.lock '.[otel]'

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home engage
COPY --from=program /opt/engage /opt/engage
ENV PATH=/opt/engage/bin:$PATH PYTHONUNBUFFERED=1 \
    ENGAGE_HOST=0.0.0.0 ENGAGE_PORT=8000 ENGAGE_DATA_DIR=/data ENGAGE_LOG_FORMAT=json
USER engage
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["engage"]
CMD ["serve"]
