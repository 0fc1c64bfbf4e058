# docker build -t guildhall . && docker run -p 8080:8080 -v guildhall:/data --env-file .env \
#   --security-opt seccomp=unconfined --security-opt apparmor=unconfined guildhall
# The two options let guildhall-vm make the namespaces that scripts run in; docs/sandbox.md says more.

FROM debian:12-slim AS build
WORKDIR /guildhall
# The packages first: they change seldom.
COPY packages.txt build.sh ./
RUN ./build.sh --packages-only
COPY . .
RUN ./build.sh release && strip --strip-debug build/release/bin/guildhall build/release/bin/guildhall-vm

FROM debian:12-slim
COPY packages.txt /tmp/
RUN apt-get update -q \
    && sed -n 's/^runtime: //p' /tmp/packages.txt | xargs apt-get install -q -y --no-install-recommends \
    && rm -rf /var/lib/apt/lists/* /tmp/packages.txt \
    && useradd --system --user-group --no-create-home --home-dir /data guildhall \
    && install -d -o guildhall -g guildhall -m 0700 /data
COPY --from=build /guildhall/build/release/bin/guildhall /guildhall/build/release/bin/guildhall-vm /usr/local/bin/
COPY LICENSE /usr/share/doc/guildhall/
USER guildhall
WORKDIR /data
VOLUME /data
ENV HOST=0.0.0.0 PORT=8080 DB_STORAGE=/data/guildhall.sqlite LOG_FORMAT=json
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.1 200 ' <&3"]
ENTRYPOINT ["guildhall"]
