import { createEmulator } from 'emulate';
import { z } from 'zod';

const comment = z.looseObject({ id: z.int(), body: z.string(), user: z.looseObject({ login: z.string() }) });
export type StoredComment = { id: number; body: string; author: string };

/** Who holds which token. */
export type Accounts = Record<string, string>;

export type Emulator = {
  url: string;
  /** A request past all rules and faults, with the token of the repository's owner. */
  ask: (method: string, path: string, body?: object, token?: string) => Promise<{ status: number; body: unknown }>;
  comments: (issue: number) => Promise<StoredComment[]>;
  close: () => Promise<void>;
};

const OWNER = 'owner-token';

/**
 * A stateful GitHub (npm `emulate`) with one repository, and pull requests 1 to `pulls`, which are issues to all that is
 * asked here.
 */
export async function startEmulator(accounts: Accounts, pulls: number): Promise<Emulator> {
  const logins = [...new Set(['mona', ...Object.values(accounts)])];
  const tokens = { [OWNER]: 'mona', ...accounts };
  const server = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(
        Object.entries(tokens).map(([token, login]) => [token, { login, scopes: ['repo', 'user'] }]),
      ),
      github: {
        users: logins.map((login) => ({ login })),
        orgs: [{ login: 'acme' }],
        repos: [{ owner: 'acme', name: 'widgets' }],
      },
    },
  });
  const ask: Emulator['ask'] = async (method, path, body, token = OWNER) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };
  for (let number = 1; number <= pulls; number += 1) {
    const { status } = await ask('POST', '/repos/acme/widgets/issues', { title: `Pull request ${number}` });
    if (status !== 201) throw new Error(`the emulator made no issue (${status})`);
  }
  return {
    url: server.url,
    ask,
    async comments(issue) {
      const all: StoredComment[] = [];
      for (let page = 1; ; page += 1) {
        const path = `/repos/acme/widgets/issues/${issue}/comments?per_page=100&page=${page}`;
        const found = z.array(comment).parse((await ask('GET', path)).body);
        all.push(...found.map(({ id, body, user }) => ({ id, body, author: user.login })));
        if (found.length < 100) return all;
      }
    },
    close: () => server.close(),
  };
}
