import { Metrics } from './metrics.js';
import { RequestMetrics } from './metrics.requests.js';

describe('requests in numbers', () => {
  const one = { method: 'GET', route: '/health/live', status: 200, milliseconds: 2 };
  const linesFor = async (...requests: Parameters<RequestMetrics['count']>[0][]) => {
    const registry = new Metrics();
    const metrics = new RequestMetrics(registry);
    for (const request of requests) metrics.count(request);
    return (await registry.metrics()).split('\n').filter((line) => /^[^#]/.test(line));
  };

  it('are counted by method, route and status', async () => {
    const lines = await linesFor(
      one,
      one,
      { ...one, status: 503 },
      { ...one, route: undefined, status: 404 },
    );
    expect(lines.slice(0, 3)).toEqual([
      'ringback_http_requests_total{method="GET",route="/health/live",status="200"} 2',
      'ringback_http_requests_total{method="GET",route="/health/live",status="503"} 1',
      'ringback_http_requests_total{method="GET",route="none",status="404"} 1',
    ]);
  });

  it('are measured in seconds by method and route', async () => {
    const labels = 'method="GET",route="/health/live"';
    const durations = await linesFor(
      one,
      { ...one, milliseconds: 2.5 },
      { ...one, milliseconds: 20_000, status: 503 },
    );
    expect(durations).toContain(
      `ringback_http_request_duration_seconds_bucket{le="0.001",${labels}} 0`,
    );
    expect(durations).toContain(
      `ringback_http_request_duration_seconds_bucket{le="0.0025",${labels}} 2`,
    );
    expect(durations).toContain(
      `ringback_http_request_duration_seconds_bucket{le="10",${labels}} 2`,
    );
    expect(durations).toContain(
      `ringback_http_request_duration_seconds_bucket{le="+Inf",${labels}} 3`,
    );
    expect(durations).toContain(`ringback_http_request_duration_seconds_sum{${labels}} 20.0045`);
    expect(durations).toContain(`ringback_http_request_duration_seconds_count{${labels}} 3`);
  });

  it('methods that no route knows are one', async () => {
    const [line] = await linesFor({ ...one, method: 'PROPFIND' }, { ...one, method: 'MKCOL' });
    expect(line).toContain('{method="other",');
  });
});
