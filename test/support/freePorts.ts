import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports of the loopback on which nobody listens now, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  return servers.map((server) => {
    const address = server.address();
    server.close();
    if (address === null || typeof address === 'string') throw new Error('There is no free port.');
    return address.port;
  });
}
