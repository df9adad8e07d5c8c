# The service as an image: a wheel with everything in it, installed for a user without rights.

# The browser code of /graphql: versions and SHA-256 as package.json pins them.
FROM node:22-bookworm-slim AS pages
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY package.json ./
COPY scripts/bring_pages.py scripts/
RUN python3 scripts/bring_pages.py

FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock requirements-dev.lock ./
RUN python -m venv /opt/zaoxue \
 && /opt/zaoxue/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.lock
# What builds the wheel stays out of the image, and is pinned all the same.
RUN python -m venv /opt/build && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-dev.lock
COPY . .
COPY --from=pages /src/server/pages/vendor server/pages/vendor
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --no-index --wheel-dir /wheels . \
 && /opt/zaoxue/bin/pip install --no-deps --no-index /wheels/zaoxue-*.whl

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --create-home zaoxue && install -d -o zaoxue -g zaoxue -m 0700 /data
COPY --from=build /opt/zaoxue /opt/zaoxue
ENV PATH=/opt/zaoxue/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ZAOXUE_DATA=/data \
    ZAOXUE_LISTEN=container \
    ZAOXUE_LOG_FORMAT=json
USER zaoxue
WORKDIR /data
VOLUME /data
EXPOSE 8321
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8321/health/ready', timeout=4)"]
STOPSIGNAL SIGTERM
# Every caller needs a token here; the first is made inside: zaoxue token --for NAME --role ADMINISTRATOR.
# Publish it on this machine's loopback only (-p 127.0.0.1:8321:8321): tokens would travel in the clear.
CMD ["zaoxue", "serve"]
