import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInputs } from '../../src/action/inputs.ts';
import { readActionFile } from '../support/action-inputs.ts';

const action = await readActionFile(resolve(import.meta.dirname, '../..'));

describe('action.yml', () => {
  it('declares exactly the inputs that are read', () => {
    const asked = new Set<string>();
    readInputs((name) => {
      asked.add(name);
      return '';
    }, {});
    expect([...asked].toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  });

  it('needs no input', () => {
    for (const [name, input] of Object.entries(action.inputs)) expect([name, input.required]).toEqual([name, false]);
  });

  it('runs on the newest Node that runners have, and cleans up whatever happened', () => {
    expect(action.runs).toEqual({
      using: 'node24',
      main: 'dist/action.js',
      post: 'dist/post.js',
      'post-if': 'always()',
    });
  });
});
