# docker build -t guildhall .
# docker run -p 8080:8080 -v guildhall:/data --env-file .env --init --read-only --cap-drop ALL \
#   --security-opt seccomp=unconfined --security-opt apparmor=unconfined guildhall
# The last two options let guildhall-vm make the namespaces that scripts run in; docs/sandbox.md says more.

FROM debian:13-slim AS build
WORKDIR /guildhall
# The packages first: they change seldom.
COPY packages.txt build.sh ./
RUN ./build.sh --packages-only package
COPY . .
RUN ./package.sh

FROM debian:13-slim
COPY --from=build /guildhall/build/guildhall_*.deb /tmp/
# The same user id in each version of the image, because the volume's files belong to it.
RUN useradd --system --user-group --uid 999 --no-create-home --home-dir /data guildhall \
    && apt-get update -q \
    && apt-get install -q -y --no-install-recommends /tmp/guildhall_*.deb \
    && rm -rf /var/lib/apt/lists/* /tmp/guildhall_*.deb \
    && install -d -o guildhall -g guildhall -m 0700 /data
USER guildhall
WORKDIR /data
VOLUME /data
ENV HOST=0.0.0.0 PORT=8080 DB_STORAGE=/data/guildhall.sqlite LOG_FORMAT=json
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.1 200 ' <&3"]
ENTRYPOINT ["guildhall"]
