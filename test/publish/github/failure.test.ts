import { describe, expect, it } from 'vitest';
import { toPublishError, PublishError } from '../../../src/publish/github/failure.ts';

describe('toPublishError', () => {
  it('cuts the signature off an address and keeps the rest of the message', () => {
    const error = toPublishError(new Error('PUT https://a.blob.core.windows.net/c/x?sv=1&sig=GEHEIM%3D failed: 403'));
    expect(error.message).toBe('PUT https://a.blob.core.windows.net/c/x?… failed: 403');
  });

  it('removes tokens', () => {
    const error = toPublishError(
      new Error('authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzY3AiOiJ4In0.c2ln was refused'),
    );
    expect(error.message).not.toMatch(/eyJ/);
    expect(error.message).toContain('refused');
  });

  it('knows a name that is taken by the answer of the service', () => {
    const error = toPublishError(
      new Error('Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict'),
    );
    expect(error.code).toBe('conflict');
  });

  it('is one line without control characters, of bounded length', () => {
    const { message } = toPublishError(new Error(`a\r\n::error::b\u001B[31m${'x'.repeat(10_000)}`));
    expect(message).toMatch(/^a ::error::b \[31mx+$/);
    expect(message.length).toBe(500);
  });

  it('keeps no cause, which may hold a request with its headers', () => {
    expect(toPublishError(new Error('x')).cause).toBeUndefined();
    const own = new PublishError('timeout', 'y');
    expect(toPublishError(own)).toBe(own);
  });
});
