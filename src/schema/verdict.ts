/** One thing found wrong, and where: an RFC 6901 JSON Pointer into the envelope ("" is the whole). */
export type Problem = { pointer: string; code: string; message: string };

/** The separate answers of `quoderat verify`; never one word for all of them. */
export type Verdict = {
  /** The chain recomputes and covers every byte. */
  intact: { answer: 'yes' | 'no'; problems: Problem[] };
  /** Every declared step has an outcome, every id resolves, every artifact byte at hand matches. */
  complete: {
    answer: 'yes' | 'no' | 'artifacts_missing';
    problems: Problem[];
    artifacts: { total: number; matched: number; missing: string[]; checked: boolean };
  };
  /** A signature by a key, or through Sigstore by an identity, that the caller trusts. */
  authentic: {
    answer: 'yes' | 'no' | 'undecidable' | 'not_checked';
    problems: Problem[];
    keyids: string[];
    /** Only when a Sigstore signature was asked for, and holds under a trusted root, whoever signed. */
    sigstore?: SigstoreFacts;
  };
  /** It is the evidence that the caller named. */
  expected: { answer: 'yes' | 'no' | 'not_asked'; problems: Problem[] };
  facts: {
    evidence_id: string;
    run_id: string;
    status: string;
    commit_sha: string | null;
    component: string;
    entry_count: number;
    head_entry_hash: string;
    envelope_sha256: string;
    signed: boolean;
  };
  /** 0 all that was asked holds; 1 something is false; 3 authenticity can't be decided; 4 artifacts missing. */
  exit_code: 0 | 1 | 3 | 4;
};

/** What a Sigstore bundle proves, the trusted root being right: who signed, and when at the latest. */
export type SigstoreFacts = {
  /** As the certificate has it: the workflow's address, or an e-mail address. */
  identity: string;
  /** The identity provider that vouched for it. */
  issuer: string;
  /** Each time that a log or a timestamp authority answers for. */
  times: { source: 'log' | 'timestamp_authority'; at: string }[];
  log_index: string | null;
  /** What the provider said of the job: the commit that it was for, and its page. */
  source_digest: string | null;
  run_url: string | null;
};

/** What the caller says the evidence must be. */
export type Expectations = {
  repo?: string;
  commit?: string;
  plan_hash?: string;
  head?: string;
  evidence_id?: string;
};
