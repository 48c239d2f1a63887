import { Client } from 'pg';
import { limits } from '../../lib/limits.ts';

/** The one connection of this process on which it tells others of new rows, and hears of theirs. */
export type Notices = {
  /** To be told to all processes, together with others of the next few milliseconds. */
  tell(runId: string): void;
  stop(): Promise<void>;
};

export type NoticesOptions = {
  url: string;
  /** A run has new rows. */
  onRun: (runId: string) => void;
  /** The connection is back: anything may have happened meanwhile. */
  onReconnect: () => void;
  onError: (error: unknown) => void;
};

const channel = 'quoderat_runs';
/** A payload is under 8,000 bytes (PostgreSQL, NOTIFY); a UUID and a comma are 37. */
const runsPerNotice = 200;

/**
 * LISTEN and NOTIFY, reconnecting for ever. A notice is only a hint, which may be lost. It is sent after the commit and
 * apart from it: NOTIFY inside a transaction takes a lock over the whole database until that transaction is flushed to
 * disk, and so would make all ingest wait in a line.
 */
export function listenForNotices({ url, onRun, onReconnect, onError }: NoticesOptions): Notices {
  const untold = new Set<string>();
  let client: Client | undefined;
  let isStopped = false;
  let telling: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;

  const open = async (): Promise<void> => {
    const fresh = new Client({
      connectionString: url,
      connectionTimeoutMillis: limits.databaseConnectMs,
      query_timeout: limits.databaseStatementMs,
      application_name: 'quoderat notices',
      keepAlive: true,
    });
    let isLost = false;
    const lose = (error?: unknown): void => {
      if (isLost) return;
      isLost = true;
      if (client === fresh) client = undefined;
      void close(fresh);
      if (isStopped) return;
      onError(error);
      retry = setTimeout(() => void open(), limits.databaseRetryMs);
    };
    fresh.on('error', lose);
    fresh.on('end', lose);
    fresh.on('notification', ({ payload = '' }) => {
      for (const runId of payload.split(',')) onRun(runId);
    });
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${channel}`);
      if (isStopped) return await fresh.end();
      client = fresh;
      onReconnect();
    } catch (error) {
      lose(error);
    }
  };

  // One at a time: a client has one query under way.
  const send = async (): Promise<void> => {
    while (untold.size > 0) {
      const runs = [...untold].slice(0, runsPerNotice);
      for (const runId of runs) untold.delete(runId);
      await client?.query('SELECT pg_notify($1, $2)', [channel, runs.join(',')]).catch(onError);
    }
  };

  void open();
  return {
    tell(runId) {
      untold.add(runId);
      telling ??= setTimeout(() => {
        telling = undefined;
        sending ??= send().finally(() => (sending = undefined));
      }, limits.noticeMs);
    },
    async stop() {
      isStopped = true;
      clearTimeout(retry);
      clearTimeout(telling);
      await (sending ?? send());
      if (client !== undefined) await close(client);
    },
  };
}

async function close(client: Client): Promise<void> {
  try {
    await client.end();
  } catch {
    // It is gone already.
  }
}
