import process from 'node:process';
import * as core from '@actions/core';
import { CodedError, toMessage } from '../lib/errors.ts';
import { performRun } from './perform-run.ts';
import { flush } from './stdout.ts';

/** 0 success, 1 a step failed or the run was aborted, 2 nothing was run, 70 an error in Quoderat itself. */
const exitCode = await performRun(process).catch((error: unknown) => {
  const expected = error instanceof CodedError;
  core.error(expected ? error.message : `Internal error: ${toMessage(error)}`, { title: 'Quoderat ran nothing' });
  return expected ? 2 : 70;
});
await flush(process.stdout);
// Not by running out of work: an upload that was given up may still hold a connection.
process.exit(exitCode);
