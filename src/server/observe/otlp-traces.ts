import type { IdGenerator, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { RunTraces } from './traces.ts';
import { toSpans } from './spans.ts';

/** Spans that wait for the collector; more are dropped. One export, and what is left of them at the end. */
const MOST_WAITING = 20_000;
const EXPORT_MS = 10_000;
const STOP_MS = 2000;

/**
 * Sends sealed runs to an OpenTelemetry collector over OTLP/HTTP. Headers come from the collector's own variables
 * (OTEL_EXPORTER_OTLP_HEADERS), which the exporter reads itself. A collector that is slow, full or dead costs spans and
 * nothing else. The SDK is loaded here alone.
 * @param options.url where traces go: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, or OTEL_EXPORTER_OTLP_ENDPOINT and `/v1/traces`
 */
export async function makeOtlpTraces(options: {
  url: string;
  version: string;
  instance: string;
  onProblem: (problem: string) => void;
}): Promise<RunTraces> {
  const [api, { BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const ids = makeGivenIds();
  const exporter = new OTLPTraceExporter({
    url: options.url,
    timeoutMillis: EXPORT_MS,
  });
  const processor = new BatchSpanProcessor(telling(exporter, options.onProblem), {
    maxQueueSize: MOST_WAITING,
    maxExportBatchSize: 512,
    scheduledDelayMillis: 1000,
    exportTimeoutMillis: EXPORT_MS,
  });
  const provider = new BasicTracerProvider({
    idGenerator: ids,
    spanProcessors: [processor],
    spanLimits: { attributeValueLengthLimit: 1024, attributeCountLimit: 64 },
    resource: resourceFromAttributes({
      'service.name': 'quoderat',
      'service.version': options.version,
      'service.instance.id': options.instance,
    }),
  });
  const tracer = provider.getTracer('quoderat', options.version);

  return {
    sealed(envelope) {
      try {
        const { traceId, run, steps } = toSpans(envelope);
        ids.give(traceId, run.spanId);
        const kind = api.SpanKind.SERVER;
        const parent = tracer.startSpan(run.name, {
          kind,
          startTime: run.startMs,
          attributes: run.attributes,
          root: true,
        });
        const context = api.trace.setSpan(api.ROOT_CONTEXT, parent);
        for (const step of steps) {
          ids.give(traceId, step.spanId);
          const span = tracer.startSpan(step.name, { startTime: step.startMs, attributes: step.attributes }, context);
          if (step.failed) span.setStatus({ code: api.SpanStatusCode.ERROR });
          span.end(step.endMs);
        }
        if (run.failed) parent.setStatus({ code: api.SpanStatusCode.ERROR });
        parent.end(run.endMs);
      } catch {
        options.onProblem('a run could not be made into spans');
      }
    },
    async stop() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_MS)));
      await Promise.race([provider.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}

/** The SDK asks for ids when a span starts; these are said beforehand. */
function makeGivenIds(): IdGenerator & { give(traceId: string, spanId: string): void } {
  let next = { traceId: '', spanId: '' };
  return {
    give: (traceId, spanId) => void (next = { traceId, spanId }),
    generateTraceId: () => next.traceId,
    generateSpanId: () => next.spanId,
  };
}

/** The first failure after a success is told: a dead collector must not fill the log. */
function telling(exporter: SpanExporter, onProblem: (problem: string) => void): SpanExporter {
  let isDown = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.error !== undefined;
        if (failed && !isDown) onProblem('the OpenTelemetry collector takes no spans; they are dropped');
        isDown = failed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  };
}
