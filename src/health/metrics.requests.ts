import { Injectable } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { Metrics } from './metrics.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Seconds. From a session check, about 1 ms, to the time after which a request is given up. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * A request that was answered. `route` is the route's pattern, undefined where there is none; never
 * the address.
 */
export interface AnsweredRequest {
  method: string;
  route: string | undefined;
  status: number;
  milliseconds: number;
}

/** Counts requests and how long they took, by route. */
@Injectable()
export class RequestMetrics {
  private readonly answered: Counter;
  private readonly durations: Histogram;

  constructor(metrics: Metrics) {
    this.answered = metrics.counter('ringback_http_requests_total', 'Requests answered.', [
      'method',
      'route',
      'status',
    ]);
    this.durations = metrics.histogram(
      'ringback_http_request_duration_seconds',
      'Time until a request was answered.',
      ['method', 'route'],
      BOUNDS,
    );
  }

  count({ method: given, route = 'none', status, milliseconds }: AnsweredRequest): void {
    const method = METHODS.has(given) ? given : 'other';
    this.answered.inc({ method, route, status });
    this.durations.observe({ method, route }, milliseconds / 1000);
  }
}
