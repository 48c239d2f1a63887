import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const theme = readFileSync(resolve(import.meta.dirname, '../../../src/render/html/browser/style/theme.css'), 'utf8');
const [lightText = '', darkText = ''] = theme.split('@media (prefers-color-scheme: dark)');

function readColors(css: string): Map<string, string> {
  return new Map(
    Array.from(css.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6})/g), ([, name = '', color = '']) => [name, color]),
  );
}

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function toLuminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toContrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [toLuminance(a), toLuminance(b)].toSorted((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

const terminalColors = Array.from({ length: 16 }, (_, index) => `c${index}`);
const pairs = [
  ...['text', 'muted', 'link', 'good', 'bad', 'warn', 'idle', ...terminalColors].flatMap((text) => [
    [text, 'page'],
    [text, 'panel'],
  ]),
  ...['good', 'bad', 'warn'].flatMap((look) => [
    ['text', `${look}-tint`],
    ['muted', `${look}-tint`],
  ]),
  // The page's colour on a terminal's background, and on the button.
  ...['link', ...terminalColors].map((ground) => ['page', ground]),
  ['text', 'mark'],
  ['text', 'mark-now'],
];

describe.each([
  ['light', readColors(lightText)],
  ['dark', readColors(darkText)],
])('the colours of the report, %s', (_scheme, colors) => {
  it.each(pairs)('can be read: %s on %s', (text, ground) => {
    const [front, back] = [colors.get(text), colors.get(ground)];
    expect(toContrast(front ?? '#000000', back ?? '#000000')).toBeGreaterThanOrEqual(4.5);
  });
});
