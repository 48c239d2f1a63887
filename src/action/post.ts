import process from 'node:process';
import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import { sealLost } from './seal-lost.ts';
import { flush } from './stdout.ts';

// The main step has decided about the job; whatever happens here does not change it.
await sealLost(process).catch((error: unknown) => core.warning(toMessage(error)));
await flush(process.stdout);
process.exit(0);
