import { makeLogger } from '../../src/server/observe/log.ts';
import { openServer } from '../../src/server/server.ts';
import { parseSettings } from '../../src/server/settings.ts';

/** A server in a process of its own, set by its environment: its address is the first line of stdout; ends with stdin. */
const env = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);
const log = makeLogger({ level: 'warn', version: 'test', destination: process.stderr });
const settings = parseSettings({ port: '0' }, env, process.cwd());
const server = await openServer(settings, { log, now: Date.now, version: 'test' });
process.stdout.write(`${server.url}\n`);
process.stdin.resume();
process.stdin.on('end', () => void server.stop().then(() => process.exit(0)));
