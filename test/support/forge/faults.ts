/** What the forge does instead of its work, or around it. */
export type FaultKind =
  | { kind: 'status'; status: number; body?: object | string; headers?: Record<string, string> }
  /** No answer until the client goes away. */
  | { kind: 'hang' }
  /** The connection is cut: before the work is done, or after it, so that only the answer is lost. */
  | { kind: 'reset'; after?: true }
  /** The work is done, the answer is a gateway's. */
  | { kind: 'lost'; status: number }
  /** Something happens on the forge while the request is on its way. */
  | { kind: 'meanwhile'; run: () => Promise<unknown> };

export type Fault = FaultKind & {
  method?: string;
  /** Of the path below the API's base; everything when it is missing. */
  path?: RegExp;
  /** Requests that pass before it. */
  skip?: number;
  /** Requests that it strikes; 1 when it is missing. */
  times?: number;
};

export type Faults = {
  add: (...faults: Fault[]) => void;
  clear: () => void;
  /** The fault that strikes this request, which counts as one of its times. */
  take: (method: string, path: string) => FaultKind | undefined;
};

/** A script of troubles, in the order in which they were added. */
export function makeFaults(): Faults {
  let script: { fault: Fault; skip: number; left: number }[] = [];
  return {
    add: (...faults) => {
      script.push(...faults.map((fault) => ({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 })));
    },
    clear: () => {
      script = [];
    },
    take(method, path) {
      for (const entry of script) {
        const { fault } = entry;
        if (entry.left === 0 || (fault.method ?? method) !== method || fault.path?.test(path) === false) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.left -= 1;
        return fault;
      }
      return undefined;
    },
  };
}

/** Answers of GitHub as they were seen. */
export const troubles = {
  readOnly: {
    kind: 'status',
    status: 403,
    body: { message: 'Resource not accessible by integration', documentation_url: 'https://docs.github.com/rest' },
  },
  locked: { kind: 'status', status: 403, body: { message: 'Unable to create comment because issue is locked.' } },
  secondaryLimit: (seconds: number) => ({
    kind: 'status',
    status: 403,
    headers: { 'retry-after': String(seconds) },
    body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
  }),
  badGateway: { kind: 'status', status: 502, body: '<html><h1>502 Bad Gateway</h1></html>' },
} as const satisfies Record<string, FaultKind | ((seconds: number) => FaultKind)>;
