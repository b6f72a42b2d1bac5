#!/usr/bin/env node
import {fstatSync, writeSync} from 'node:fs';
import {enableCompileCache} from 'node:module';
import {homeFolder} from '../src/main/account.ts';
import {compiledFolder, isOurs} from '../src/main/compiled-folder.ts';
import {quickAnswer} from '../src/main/quick-answer.ts';

const argv = process.argv.slice(2);
// Streams of `process` take as long to set up as the whole answer takes to print.
const answer = quickAnswer(argv, fstatSync(1).isCharacterDevice());
if (answer !== undefined) writeSync(1, answer);
else if (Number.parseInt(process.versions.node, 10) < 24) {
	process.stderr.write(`✗ mkcoa needs Node 24, and this is ${process.versions.node}. Run it with npm scripts, or install Node 24\n`);
	process.exitCode = 1;
} else {
	const folder = compiledFolder(process.env, homeFolder());
	if (folder !== undefined && isOurs(folder, process.getuid?.())) enableCompileCache(folder);
	const {hostOf, main} = await import('../src/main.ts');
	process.exitCode = await main(argv, hostOf(process, argv));
}
