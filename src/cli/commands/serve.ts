import { relative } from 'node:path';
import { version } from '../../build-info.ts';
import { makeDeferred } from '../../lib/deferred.ts';
import { toMessage } from '../../lib/errors.ts';
import { makeLogger } from '../../server/observe/log.ts';
import { openServer } from '../../server/server.ts';
import { parseSettings, type ServeFlags } from '../../server/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';

export type { ServeFlags } from '../../server/settings.ts';

/**
 * `quoderat serve`: runs the server until a signal ends it: no new requests, those under way are finished, streams are
 * sent away. A second signal quits at once.
 * @throws SettingsError, DatabaseError, ListenError and those of the parts: before anything was served
 */
export async function serve(flags: ServeFlags, io: Io): Promise<number> {
  const settings = parseSettings(flags, io.env, io.cwd);
  const log = makeLogger({ level: settings.logLevel, version, destination: io.stderr });
  const server = await openServer(settings, { log, now: io.now, version });
  const ended = makeDeferred();
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals > 1) io.quit(exitCodes.interrupted);
    ended.resolve();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) io.signals.on(name, onSignal);
  io.signals.on('SIGHUP', () => {
    server.reload().then(
      () => log.info('the list of tokens was read again'),
      (error: unknown) => log.warn(`the list of tokens stays as it was: ${toMessage(error)}`),
    );
  });
  if (server.adminTokenFile !== null)
    io.stdout.write(`The first token, which may do everything, is in ${relative(io.cwd, server.adminTokenFile)}\n`);
  io.stdout.write(`Quoderat listens on ${server.url}\n`);
  await ended.promise;
  log.info('stopping');
  await server.stop();
  return exitCodes.success;
}
