import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';

/** A PNG of that size as base64, with waves in it; `noise` keeps it from being packed well. */
export function png(width: number, height: number, noise = 0): string {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave = Math.abs(y - height / 2 - (Math.sin(x / 40) * height) / 4) < 2;
      const random = noise === 0 ? 0 : ((x * 7919 + y * 104729 + ((x * y) % 8191) * 31) % 251) * noise;
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows[at] = wave ? 30 : 250 - random;
      rows[at + 1] = wave ? 110 : 250 - random / 2;
      rows[at + 2] = wave ? 200 : 250;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]).toString('base64');
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
