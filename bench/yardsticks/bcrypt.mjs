// bcrypt alone on all cores: prints hashes per second.
import bcrypt from 'bcrypt';
import { availableParallelism } from 'node:os';

const { COST, SECONDS } = process.env;
const input = 'x'.repeat(64);
const stored = await bcrypt.hash(input, Number(COST));
const start = performance.now();
let done = 0;
const work = async () => {
  while (performance.now() - start < Number(SECONDS) * 1000) {
    await bcrypt.compare(input, stored);
    done += 1;
  }
};
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log((done * 1000) / (performance.now() - start));
