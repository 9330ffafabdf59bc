# Three images: `program` (web, workers, beat, metrics, setup), `public` (the public page, without the staff’s program)
# and `rows` (PostgreSQL and its backups).
# Each is pinned by version, runs as nobody in particular, and holds no compiler and no secret.
ARG PYTHON=python:3.11.14-slim-bookworm
ARG POSTGRES=postgres:15.15-bookworm

FROM ${PYTHON} AS parts
WORKDIR /srv/cases
COPY requirements requirements
RUN python -m venv .local/venv \
 && .local/venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY package.json package-lock.json ./
COPY config/__init__.py config/__init__.py
COPY config/local config/local
RUN python -c "from config.local import assets; assets.ensure()" && rm -rf .local/node .local/*.lock
COPY locale locale
RUN .local/venv/bin/pybabel compile --directory locale --domain django

FROM ${PYTHON} AS program
# what WeasyPrint draws with; nothing is compiled here
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin cases \
 && install -d -o cases -g cases /srv/static /srv/documents /srv/anchors /srv/state
WORKDIR /srv/cases
COPY . .
COPY --from=parts /srv/cases/.local .local
COPY --from=parts /srv/cases/locale locale
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/srv/cases/.local/venv/bin:/usr/local/bin:/usr/bin:/bin \
    HOST=0.0.0.0 PORT=8000 STATE=/srv/state
USER cases
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "deploy/healthy.py", "web"]
CMD ["python", "-m", "config.local", "process", "web"]

FROM ${PYTHON} AS public
RUN useradd --uid 10002 --user-group --no-create-home --shell /usr/sbin/nologin cases
WORKDIR /srv/cases
COPY --from=parts /srv/cases/.local .local
COPY config/__init__.py config/public.py config/logs.py config/
COPY config/local config/local
COPY deploy/healthy.py deploy/healthy.py
COPY public public
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/srv/cases/.local/venv/bin:/usr/local/bin:/usr/bin:/bin \
    HOST=0.0.0.0 PORT=8000
USER cases
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["python", "deploy/healthy.py", "public"]
CMD ["python", "-m", "config.local", "process", "public"]

FROM ${POSTGRES} AS rows
# Python for `config.local backup`, which needs nothing but PostgreSQL's own programs
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o postgres -g postgres -m 0700 /srv/archive /srv/backups /srv/spare
WORKDIR /srv/cases
COPY config/__init__.py config/__init__.py
COPY config/local config/local
COPY deploy deploy
COPY deploy/roles.sh /docker-entrypoint-initdb.d/roles.sh
USER postgres
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 CMD ["pg_isready", "-q", "-d", "cases"]
