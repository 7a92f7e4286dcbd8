# The pipeline and the dashboard in one image; compose.yaml says which of them a container runs.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements.txt ./
RUN pip install -r requirements.txt "psycopg[binary]==3.3.9"
COPY . .
# Leaflet, from its pinned package, so that the dashboard asks no other machine for anything
RUN python -m pages.ui.leaflet && python -m compileall -q pipeline geodata pages dashboard.py

FROM python:3.11-slim-bookworm
# Pango draws the PDF brief; pg_dump and pg_restore are of `backup` and `restore`. Their versions are the release's.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin map \
    && install -d -o map -g map /data
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 \
    PIPELINE_STORE=/data/store.sqlite PIPELINE_ARCHIVE=/data/archive PIPELINE_SNAPSHOT=/data/snapshot PIPELINE_LOG=json
WORKDIR /app
USER 10001
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=60s --timeout=30s --start-period=60s \
    CMD ["python", "-m", "pipeline", "health"]
# Inside the container it listens on every address; which of them reach it is for `ports` to say. Signing in is asked
# for before anything can be written (docs/security.md).
CMD ["python", "-m", "streamlit", "run", "dashboard.py", "--server.address=0.0.0.0", "--server.port=8501"]
