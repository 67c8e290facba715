/** Code of JavaScript whose value is shown as a chart of the numbers in an array: it needs no library, and declares nothing. */
export function lineChart(code: string): string {
  const title = code.replace(/[&<`\\$]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
  return `((values) => {
  const numbers = Array.from(values, Number), width = 600, height = 240;
  let [least, most] = [Infinity, -Infinity];
  for (const one of numbers) if (Number.isFinite(one)) [least, most] = [Math.min(least, one), Math.max(most, one)];
  if (least > most) throw new TypeError('There are no numbers to draw.');
  const step = Math.ceil(numbers.length / width);
  let [line, pen] = ['', 'M'];
  for (let at = 0; at < numbers.length; at += step) {
    const part = numbers.slice(at, at + step).filter(Number.isFinite);
    const x = (at / (numbers.length - 1 || 1)) * width;
    for (const one of step > 1 && part.length > 1 ? [Math.min(...part), Math.max(...part)] : part) {
      line += pen + x.toFixed(1) + ' ' + (height - ((one - least) / (most - least || 1)) * height).toFixed(1);
      pen = 'L';
    }
    if (part.length === 0) pen = 'M';
  }
  const text = (x, y, words, end = 'end') => \`<text x="\${x}" y="\${y}" text-anchor="\${end}">\${words}</text>\`;
  const shown = (number) => String(Number(number.toPrecision(6)));
  const svg = \`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-90 -40 720 320" width="720" font-family="sans-serif" font-size="12">
<rect x="-90" y="-40" width="720" height="320" fill="#fff"/><rect width="\${width}" height="\${height}" fill="none" stroke="#999"/>
<path d="\${line}" fill="none" stroke="#1f77b4" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"/>
\${text(-8, 8, shown(most))}\${text(-8, height, shown(least))}\${text(0, 258, 0, 'middle')}\${text(width, 258, numbers.length - 1)}
\${text(width / 2, -14, \`${title}\`, 'middle')}</svg>\`;
  return { [Symbol.for('Jupyter.display')]: () => ({ 'image/svg+xml': svg }) };
})(${code})`;
}
