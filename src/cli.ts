#!/usr/bin/env node
import { entities } from './app.entities.js';
import { run } from './cli/run.js';

process.exitCode = await run(process.argv.slice(2), { input: process.stdin, output: process.stdout, error: process.stderr }, entities);
