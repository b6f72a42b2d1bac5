#!/usr/bin/env node
import {hostOf, main} from '../src/main.ts';

const argv = process.argv.slice(2);
process.exitCode = await main(argv, hostOf(process, argv));
