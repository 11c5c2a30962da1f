# Build: everything from the lock file, every download checked against its hash.
FROM python:3.13-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PYTHONDONTWRITEBYTECODE=1
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv tools \
    && tools/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY scripts/runtime_lock.py scripts/
COPY src src/
COPY frameworks frameworks/
COPY mappings mappings/
RUN tools/bin/python scripts/runtime_lock.py > runtime.lock \
    && python -m venv /opt/goldenthread \
    && /opt/goldenthread/bin/pip install --require-hashes -r runtime.lock \
    && tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/goldenthread/bin/pip install --no-deps dist/*.whl

# Run: the product alone, as a user that owns nothing but its data folder.
FROM python:3.13-slim-trixie
RUN groupadd --system --gid 10001 goldenthread \
    && useradd --system --uid 10001 --gid goldenthread --no-create-home --home-dir /data goldenthread \
    && install -d -o goldenthread -g goldenthread -m 0700 /data
COPY --from=build /opt/goldenthread /opt/goldenthread
ENV PATH=/opt/goldenthread/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GOLDENTHREAD_DATA=/data
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["goldenthread"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
