/**
 * Code of JavaScript whose value is shown as a chart of the numbers in an array: it needs no library, and declares
 * nothing.
 */
export function lineChart(code: string): string {
  const title = code.replace(/[&<`\\$]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
  return `((values) => {
  const numbers = Array.from(values, Number);
  let [least, most] = [Infinity, -Infinity];
  for (const one of numbers) if (Number.isFinite(one)) [least, most] = [Math.min(least, one), Math.max(most, one)];
  if (least > most) throw new TypeError('There are no numbers to draw.');
  const step = Math.ceil(numbers.length / 600);
  let [line, pen] = ['', 'M'];
  for (let at = 0; at < numbers.length; at += step) {
    const part = numbers.slice(at, at + step).filter(Number.isFinite);
    for (const one of part.length > 1 ? [Math.min(...part), Math.max(...part)] : part) {
      const [x, y] = [at / (numbers.length - 1 || 1), (most - one) / (most - least || 1)];
      line += pen + (x * 600).toFixed(1) + ' ' + (y * 240).toFixed(1);
      pen = 'L';
    }
    if (part.length === 0) pen = 'M';
  }
  const text = (x, y, words) => \`<text x="\${x}" y="\${y}">\${words}</text>\`;
  const svg = \`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-90 -40 720 320" width="720">
<path d="M-90-40h720v320h-720" fill="#fff"/><path d="M0 0h600v240H0z" fill="none" stroke="#999"/>
<path d="\${line}" fill="none" stroke="#1f77b4" stroke-width="1.5" stroke-linecap="round"/>
<g font-family="sans-serif" font-size="12" text-anchor="end">\${text(-8, 8, +most.toPrecision(6))}\${text(-8, 240, +least.toPrecision(6))}
\${text(4, 258, 0)}\${text(600, 258, numbers.length - 1)}\${text(600, -14, \`${title}\`)}</g></svg>\`;
  return { [Symbol.for('Jupyter.display')]: () => ({ 'image/svg+xml': svg }) };
})(${code})`;
}
