import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { flatten, parseGfm } from '../render/gfm.ts';

export const root = resolve(import.meta.dirname, '../..');

/** Every page that people read, from the repository's root. */
export const pages: string[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'gitlab/README.md',
].toSorted();

export const readPage = (page: string): string => readFileSync(join(root, page), 'utf8');

const parsed = new Map<string, ReturnType<typeof flatten>>();

/** Parsed once: the long pages take their time. */
function toNodes(markdown: string): ReturnType<typeof flatten> {
  const nodes = parsed.get(markdown) ?? flatten(parseGfm(markdown));
  parsed.set(markdown, nodes);
  return nodes;
}

/** A piece of a page that is set as code; `language` of a block, undefined within a line. */
export type Code = { language: string | undefined; text: string };

export function toCode(markdown: string): Code[] {
  return toNodes(markdown).flatMap((node): Code[] => {
    if (node.type === 'code') return [{ language: node.lang ?? '', text: `${node.value}\n` }];
    return node.type === 'inlineCode' ? [{ language: undefined, text: node.value }] : [];
  });
}

/** Where the links, pictures and HTML of a page lead. */
export function toLinks(markdown: string): string[] {
  return toNodes(markdown).flatMap((node) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') return [node.url];
    if (node.type !== 'html') return [];
    return Array.from(node.value.matchAll(/\b(?:href|src|srcset)="([^"]*)"/g), ([, url = '']) => url);
  });
}

/** The anchors that GitHub and GitLab give the headings of a page. */
export function toAnchors(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const node of toNodes(markdown)) {
    if (node.type !== 'heading') continue;
    const words = flatten(node).map((part) => ('value' in part ? part.value : ''));
    const slug = words
      .join('')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const taken = Array.from({ length: anchors.size + 1 }, (_, count) => (count === 0 ? slug : `${slug}-${count}`));
    anchors.add(taken.find((anchor) => !anchors.has(anchor)) ?? slug);
  }
  return anchors;
}
