import { pathToFileURL } from 'node:url';
import type { TestCluster } from '../support/database.ts';
import { makeTempDir } from '../support/temp-dir.ts';
import { startServer, type TestServer } from './harness.ts';

/** Two servers that share a database and an artifact folder, as two processes of a team's would. */
export type Pair = AsyncDisposable & { one: TestServer; other: TestServer };

export async function startPair(cluster: TestCluster): Promise<Pair> {
  const url = await cluster.makeDatabase();
  const dir = await makeTempDir();
  const env = { ARTIFACT_STORE_URI: pathToFileURL(dir.path).href };
  const [one, other] = await Promise.all([startServer(url, { env }), startServer(url, { env })]);
  return {
    one,
    other,
    async [Symbol.asyncDispose]() {
      await Promise.all([one[Symbol.asyncDispose](), other[Symbol.asyncDispose]()]);
      await dir[Symbol.asyncDispose]();
    },
  };
}
