import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Where outputs try to get to, on this machine: a server, which also has a page to begin from, and a socket for
 * packets.
 */
export class Outside {
  /** The paths that were asked for, beside the page. */
  readonly requests: string[] = [];
  packets = 0;
  html = '';
  readonly #server = createServer((request, response) => {
    if (request.url !== '/page') this.requests.push(String(request.url).slice(1));
    response.setHeader('content-type', 'text/html').end(request.url === '/page' ? this.html : '');
  }).on('upgrade', (request, socket) => {
    this.requests.push(String(request.url).slice(1));
    socket.destroy();
  });
  readonly #socket = createSocket('udp4', () => (this.packets += 1));

  static async open(): Promise<Outside> {
    const outside = new Outside();
    outside.#server.listen(0, '127.0.0.1');
    outside.#socket.bind(0, '127.0.0.1');
    await Promise.all([once(outside.#server, 'listening'), once(outside.#socket, 'listening')]);
    return outside;
  }

  get host(): string {
    return `127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  get packetHost(): string {
    return `127.0.0.1:${String(this.#socket.address().port)}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#socket.close();
  }
}
