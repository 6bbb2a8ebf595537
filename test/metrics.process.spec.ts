// A suite of its own: what it puts in the place of a package would reach its neighbours.
import { jest } from '@jest/globals';

const metrics = jest.fn(() => Promise.resolve('process_cpu_seconds_total 1\n'));
const collectDefaultMetrics = jest.fn<(given: object) => void>();
const loaded = jest.fn(() => ({
  collectDefaultMetrics,
  Registry: class {
    metrics = metrics;
  },
}));
jest.unstable_mockModule('prom-client', loaded);
const { ProcessMetrics } = await import('../src/health/metrics.process.js');

describe('the process in numbers', () => {
  it('loads its library once somebody asks, and measures once however many ask', async () => {
    const process = new ProcessMetrics();
    expect(loaded).not.toHaveBeenCalled();
    collectDefaultMetrics.mockImplementationOnce(() => {
      throw new Error('too many open files');
    });
    await expect(process.text()).rejects.toThrow('too many open files');
    expect(await Promise.all([process.text(), process.text()])).toEqual(
      Array(2).fill('process_cpu_seconds_total 1\n'),
    );
    expect(await process.text()).toBe('process_cpu_seconds_total 1\n');
    expect(loaded).toHaveBeenCalledTimes(1);
    expect(collectDefaultMetrics).toHaveBeenCalledTimes(2);
  });
});
