import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What is counted, for Prometheus: names and units as they are usual there. Labels are words of ours,
 * never ids: their number stays small however much there is to count.
 */
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by route template and class of status; streams are left out.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });
  readonly judged = new Counter({
    name: 'joust_submissions_judged_total',
    help: 'Verdicts recorded by this process, rejudgings included.',
    labelNames: ['verdict'] as const,
    registers: [this.registry],
  });
  readonly untilVerdict = new Histogram({
    name: 'joust_receipt_to_verdict_seconds',
    help: 'From the receipt of a submission to its first verdict.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800],
    registers: [this.registry],
  });
  readonly sockets = new Gauge({
    name: 'joust_sockets',
    help: 'Sockets and streams that are connected to this process.',
    registers: [this.registry],
  });
  readonly resumes = new Counter({
    name: 'joust_resumes_total',
    help: 'What whoever began to watch a room was given: the suffix of its log he lacked, or a snapshot.',
    labelNames: ['kind'] as const,
    registers: [this.registry],
  });

  /** `role` stands on every figure. */
  constructor(role: string) {
    this.registry.setDefaultLabels({ role });
  }

  /** `route` is a template, such as `/api/rooms/:roomId`, so that there are few. */
  noteRequest(method: string, route: string, statusCode: number, seconds: number): void {
    if (!route.endsWith('/stream'))
      this.requests.observe({ method, route, status: `${Math.floor(statusCode / 100)}xx` }, seconds);
  }

  /** Begins to measure the process itself: its memory, processor time and event loop. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }
}
