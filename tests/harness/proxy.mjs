// Debian's nginx, HAProxy and Caddy in front of a guildhall, with TLS.
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { onEnd } from './cleanup.mjs'
import { freshDirectory } from './paths.mjs'
import { Program } from './program.mjs'
import { until } from './wait.mjs'

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** A key and a certificate for 127.0.0.1 and localhost, as files. */
export async function makeCertificate(directory) {
  const [key, certificate, both] = ['key.pem', 'cert.pem', 'both.pem'].map((name) => join(directory, name))
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', certificate, ...subject], { stdio: 'ignore' })
  execFileSync('sh', ['-c', `cat ${certificate} ${key} > ${both}`])
  return { key, certificate, both }
}

const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const tell = (answer) => () => resolve(answer) || socket.destroy()
    socket.on('connect', tell(true)).on('error', tell(false))
  })

/** As nginx's manual has it: `location` is what stands in the server block. */
const nginxConfiguration = (directory, port, { key, certificate }, location) => `
daemon off;
worker_processes 1;
pid ${directory}/nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${directory}/body; proxy_temp_path ${directory}/proxy; fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi; scgi_temp_path ${directory}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  server {
    listen 127.0.0.1:${port} ssl http2;
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    ${location}
  }
}
`

/** What a `location` of nginx has for a guildhall, with WebSocket (nginx.org/en/docs/http/websocket.html). */
export const passOn = (hallPort) => `
      proxy_pass http://127.0.0.1:${hallPort};
      proxy_http_version 1.1;
      proxy_set_header Host $host:$server_port;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;`

const haproxyConfiguration = (port, { both }, backendPort) => `
global
  maxconn 256
defaults
  mode http
  timeout connect 5s
  timeout client 1m
  timeout server 1m
  timeout tunnel 1h
frontend https
  bind 127.0.0.1:${port} ssl crt ${both} alpn h2,http/1.1
  option forwardfor
  http-request set-header X-Forwarded-Proto https
  default_backend guildhall
backend guildhall
  server node1 127.0.0.1:${backendPort}
`

/** As docs/operations.md has it, with a certificate of our own. `site` is what stands in the site's block. */
const caddyConfiguration = (port, { key, certificate }, site) => `
{
  admin off
  auto_https off
  grace_period 1s
}
https://localhost:${port} {
  bind 127.0.0.1
  tls ${certificate} ${key}
  ${site}
}
`

async function start(scope, path, args, cwd, port, env = {}) {
  const program = new Program(path, args, { cwd, env })
  onEnd(scope, () => program.kill('SIGTERM'))
  const listening = () => {
    if (program.end) throw new Error(`${path} ended:\n${program.output}`)
    return listens(port)
  }
  await until(listening, `${path} to listen`)
  return program
}

/** Starts nginx with TLS on `port`. `location` is for the server block. */
export async function startNginx(scope, port, location) {
  const directory = await freshDirectory(scope)
  const file = join(directory, 'nginx.conf')
  await writeFile(file, nginxConfiguration(directory, port, await makeCertificate(directory), location))
  return start(scope, '/usr/sbin/nginx', ['-p', directory, '-c', file, '-e', 'stderr'], directory, port)
}

/** Starts HAProxy with TLS on `port` in front of `backendPort`. */
export async function startHaproxy(scope, port, backendPort) {
  const directory = await freshDirectory(scope)
  const file = join(directory, 'haproxy.cfg')
  await writeFile(file, haproxyConfiguration(port, await makeCertificate(directory), backendPort))
  return start(scope, '/usr/sbin/haproxy', ['-db', '-f', file], directory, port)
}

/** Starts Caddy with TLS on `port`. `site` is for the block of the site. */
export async function startCaddy(scope, port, site) {
  const directory = await freshDirectory(scope)
  const file = join(directory, 'Caddyfile')
  await writeFile(file, caddyConfiguration(port, await makeCertificate(directory), site))
  const env = { PATH: process.env.PATH, HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory }
  return start(scope, '/usr/bin/caddy', ['run', '--adapter', 'caddyfile', '--config', file], directory, port, env)
}
