# Images of the tool server and of the agent. How to use them: docs/deploy.md
#
#     docker build -t hrm-coprocessor .                                the server, CPU
#     docker build -t hrm-coprocessor:cuda --build-arg VARIANT=cuda .  the server, NVIDIA GPU
#     docker build -t hrm-agent --build-arg EXTRAS=agent --target agent .
#
# The bases are pinned by tag. For a build that gives the same bytes again, pin their digests.

# --- the environment: compilers and caches stay in this stage ------------------------------
FROM python:3.11-bookworm AS build
ARG EXTRAS=serve
ARG VARIANT=cpu
RUN pip install --no-cache-dir --disable-pip-version-check uv==0.13.9
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY hrm_engine ./hrm_engine
COPY tools ./tools
COPY agents ./agents
COPY coprocessor ./coprocessor
COPY prompts ./prompts
COPY configs ./configs
COPY deploy ./deploy
RUN --mount=type=cache,target=/root/.cache deploy/build.sh "$EXTRAS" "$VARIANT" /opt/hrm

# --- what both images share ----------------------------------------------------------------
FROM python:3.11-slim-bookworm AS base
LABEL org.opencontainers.image.title="HRM Co-processor" \
      org.opencontainers.image.description="Tools for local LLMs, answered by small trained reasoners and checked exactly" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 hrm \
    && useradd --no-log-init --uid 10001 --gid 10001 --home-dir /var/lib/hrm --shell /usr/sbin/nologin hrm \
    && install --directory --owner=hrm --group=hrm --mode=0700 /var/lib/hrm
COPY --from=build /opt/hrm /opt/hrm
COPY --chmod=0755 deploy/entrypoint.sh /opt/hrm/bin/entrypoint
# The root file system may be read-only: only /tmp and, for a token made there, /var/lib/hrm
# are written to.
ENV PATH=/opt/hrm/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    XDG_CONFIG_HOME=/var/lib/hrm \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /var/lib/hrm
USER 10001:10001
ENTRYPOINT ["/opt/hrm/bin/entrypoint"]

# --- the agent: a small language model that calls the server; holds no torch ---------------
FROM base AS agent
HEALTHCHECK NONE
CMD ["chat", "--server", "http://server:8000"]

# --- the server, which is what `docker build .` gives --------------------------------------
FROM base AS server
ENV NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--allow-host", "localhost"]
