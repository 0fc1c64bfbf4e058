import { execFileSync } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { onEnd } from './cleanup.mjs'
import { freshDirectory } from './paths.mjs'
import { Program } from './program.mjs'
import { until } from './wait.mjs'

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** nginx as its manual configures it for WebSocket (nginx.org/en/docs/http/websocket.html), with TLS. */
const configuration = (directory, port, upstream) => `
daemon off;
worker_processes 1;
pid ${directory}/pid;
error_log stderr warn;
events { worker_connections 512; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory}/${name};`).join('\n  ')}
  map $http_upgrade $connection_upgrade {
    default upgrade;
    ''      close;
  }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${directory}/certificate.pem;
    ssl_certificate_key ${directory}/key.pem;
    location / {
      proxy_pass ${upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $host:$server_port;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }
  }
}
`

/** Starts Debian's nginx with TLS on 127.0.0.1:`port` in front of `upstream`. It stops at the end of `scope`. */
export async function startNginx(scope, { port, upstream }) {
  const directory = await freshDirectory(scope)
  await chmod(directory, 0o755)
  await mkdir(join(directory, 'proxy'))
  const certificate = ['-keyout', join(directory, 'key.pem'), '-out', join(directory, 'certificate.pem')]
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', [...request, '-subj', '/CN=127.0.0.1', ...certificate], { stdio: 'pipe' })
  const file = join(directory, 'nginx.conf')
  await writeFile(file, configuration(directory, port, upstream))
  const program = new Program('/usr/sbin/nginx', ['-c', file, '-p', directory, '-e', 'stderr'])
  onEnd(scope, () => program.stop())
  await until(async () => {
    if (program.end) throw new Error(`nginx ended:\n${program.output}`)
    return fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => false,
    )
  }, 'nginx to listen')
  return { program, url: `https://127.0.0.1:${port}` }
}
