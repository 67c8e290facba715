import { once } from 'node:events';
import { connect, Server, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { BreakpointServer } from '../../../src/debug/breakpointServer.js';
import { eventually } from '../../support/eventually.js';

const connected: [string, Socket][] = [];
const server = new BreakpointServer<string>((waiting, socket) => connected.push([waiting, socket]));
afterEach(() => {
  for (const [, socket] of connected.splice(0)) socket.destroy();
});

test('commands connect with their own numbers, in any order, and what follows is theirs', async () => {
  const [first, second] = [
    await server.place([], { onBreakpoint: true }),
    await server.place(['/libs'], { onBreakpoint: true }),
  ];
  expect(second.place).toMatchObject({ folders: ['/libs'], onBreakpoint: true });
  first.wait('first');
  second.wait('second');
  for (const { place } of [second, first]) connect(place.address).end(`${place.token}{"seq":1}`);
  await eventually(() => expect(connected.map(([waiting]) => waiting).toSorted()).toEqual(['first', 'second']));
  const [[, socket]] = connected as [[string, Socket]];
  const [bytes] = (await once(socket.resume(), 'data')) as [Buffer];
  expect(bytes.toString()).toBe('{"seq":1}');
});

test('a command that has ended, and anybody else, is not let in', async () => {
  const { place, wait } = await server.place([], { onBreakpoint: true });
  wait('over')();
  for (const token of [place.token, 'x'.repeat(place.token.length)]) {
    const socket = connect(place.address);
    socket.on('error', () => undefined).resume();
    socket.write(token);
    await once(socket, 'close');
  }
  expect(connected).toEqual([]);
});

test('after a failure to listen, the next command finds a place', async () => {
  const refused = vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    refused.mockRestore();
    return this.listen('/there/is/no/such/folder');
  });
  const own = new BreakpointServer<string>((waiting, socket) => connected.push([waiting, socket]));
  await expect(own.place([], { onBreakpoint: true })).rejects.toThrow('listen');
  const { place, wait } = await own.place([], { onBreakpoint: true });
  wait('second');
  connect(place.address).end(place.token);
  await eventually(() => expect(connected.map(([waiting]) => waiting)).toEqual(['second']));
  own.dispose();
});

test('when it is closed, nobody can connect', async () => {
  const { place } = await server.place([], { onBreakpoint: true });
  server.dispose();
  const socket = connect(place.address);
  await expect(once(socket, 'connect')).rejects.toThrow();
});
