import { expect, test } from 'vitest';
import { FarReports } from '../../../src/engine/reach/farReports.js';

const NONCE = 'extsession-1234';

test('reports are found among what else is printed, however it is cut', () => {
  const text = `Welcome\nno end of line${NONCE} ok\nnoise\n${NONCE} need\n${NONCE} ready\nframes`;
  for (let size = 1; size < text.length; size++) {
    const reports = new FarReports(NONCE);
    const found: string[] = [];
    for (let at = 0; at < text.length; at += size) {
      reports.push(Buffer.from(text.slice(at, at + size)));
      for (let report = reports.next(); report; report = reports.next()) found.push(report.word);
    }
    expect([found, reports.rest.toString()]).toEqual([['ok', 'need', 'ready'], 'frames']);
  }
});

test('a report has a text, and a line that does not end is none', () => {
  const reports = new FarReports(NONCE);
  reports.push(Buffer.from(`${NONCE} old Python 2.7 at /usr/bin/python\n${NONCE} re`));
  expect(reports.next()).toEqual({ word: 'old', text: 'Python 2.7 at /usr/bin/python' });
  expect(reports.next()).toBeUndefined();
});

test('what others print is bounded', () => {
  const reports = new FarReports(NONCE);
  const push = (): void => {
    reports.push(Buffer.alloc(300_000));
  };
  for (let count = 0; count < 3; count++) push();
  expect(push).toThrow(RangeError);
});
