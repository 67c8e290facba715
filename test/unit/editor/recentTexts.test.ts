import { describe, expect, it } from 'vitest';
import { RecentTexts } from '../../../src/editor/recentTexts.js';

interface Read {
  readonly text: string;
  readonly earlier: string | undefined;
}

describe('recent texts', () => {
  it('are read once when files are looked at in turn', () => {
    const read: string[] = [];
    const recent = new RecentTexts<Read>();
    const get = (text: string) => recent.get(text, (_, earlier) => (read.push(text), { text, earlier: earlier?.text }));
    for (const text of ['import a\n', 'x = [1, 2]\n', 'import a\n', 'x = [1, 2]\n']) get(text);
    expect(read).toEqual(['import a\n', 'x = [1, 2]\n']);
  });

  it('give way to their later versions, which begin with what was read of them', () => {
    const recent = new RecentTexts<Read>();
    const get = (text: string) => recent.get(text, (_, earlier) => ({ text, earlier: earlier?.text }));
    get('import numpy as np\n');
    get('x = [1, 2, 3, 4, 5]\n');
    expect(get('import numpy as npy\n').earlier).toBe('import numpy as np\n');
    expect(get('import numpy as np\n').earlier).toBe('import numpy as npy\n');
    for (let digit = 0; digit < 9; digit++) get(`x = [1, 2, 3, 4, ${digit}]\n`);
    expect(get('import numpy as np\n').earlier).toBe('import numpy as npy\n');
  });
});
