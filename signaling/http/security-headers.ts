/** Headers on every answer. The content security policy is the strictest the client can live with. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import type { Core } from '../core';
import type { App } from './app';

const OWN = [
  'display-capture',
  'fullscreen',
  // Text for the other computer's clipboard; the browser asks the person besides.
  'clipboard-read',
  'clipboard-write',
  'screen-wake-lock',
  'autoplay',
  'picture-in-picture',
];
const OFF = [
  'accelerometer',
  'bluetooth',
  'browsing-topics',
  'camera',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];
const PERMISSIONS = [...OWN.map((name) => `${name}=(self)`), ...OFF.map((name) => `${name}=()`)].join(', ');

/** CSP sources of the scripts that stand in the shell itself. */
function inlineScripts(clientDir: string | undefined): string[] {
  if (!clientDir) return [];
  const shell = readFileSync(join(clientDir, 'index.html'), 'utf8');
  return [...shell.matchAll(/<script>([^]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
}

export async function installSecurityHeaders(app: App, { origins, clientDir }: Core): Promise<void> {
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        // wasm-unsafe-eval: libsodium is WebAssembly; it allows no other evaluation.
        'script-src': ["'self'", "'wasm-unsafe-eval'", ...inlineScripts(clientDir)],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'media-src': ["'self'", 'blob:'],
        // Safari before 15.4 does not count WebSockets to the own origin as 'self'.
        'connect-src': [
          "'self'",
          () => origins.list.map((origin) => origin.replace(/^http/, 'ws')).join(' '),
        ],
        'worker-src': ["'self'"],
        'font-src': ["'self'"],
        // The administrator's preview of what is embedded.
        'frame-src': ["'self'"],
        'manifest-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
      },
    },
    strictTransportSecurity: origins.secure ? { maxAge: 365 * 86_400, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', PERMISSIONS);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}
