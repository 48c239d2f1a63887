import { first } from './0001-first.ts';
import type { Migration } from './migration.ts';

/** All of them, in order. A new one gets the next number and a file of its own. */
export const migrations: readonly Migration[] = [first];
