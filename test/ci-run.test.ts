import {execFile} from 'node:child_process';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';

/** What an npm script leaves: its exit code, and a report's counts unless it never came to its tests. */
type Script = {readonly code: number; readonly passed?: number; readonly failed?: number; readonly brokenFiles?: number};
const green: Script = {code: 0, passed: 3, failed: 0};

let folder: string;
afterEach(() => rm(folder, {recursive: true, force: true}));

/** Runs `.ci/run` with an npm that only writes reports. */
async function run(scripts: {readonly [script: string]: Script}) {
	folder = await mkdtemp(join(tmpdir(), 'ci-'));
	const cases = Object.entries(scripts).map(([script, {code, passed, failed = 0, brokenFiles = 0}]) => {
		const report = JSON.stringify({numPassedTests: passed, numFailedTests: failed, numFailedTestSuites: brokenFiles});
		const write =
			passed === undefined ? ':' : `for word; do case $word in --outputFile.json=*) echo '${report}' > "\${word#*=}";; esac; done`;
		return `"${script}") ${write}; exit ${code};;`;
	});
	await writeFile(join(folder, 'npm'), `#!/bin/sh\ncase "$1\${2+ $2}" in\n${cases.join('\n')}\nesac\n`);
	await chmod(join(folder, 'npm'), 0o755);
	const env = {...process.env, PATH: `${folder}:${process.env.PATH}`, TMPDIR: folder};
	const {promise, resolve} = Promise.withResolvers<{code: number | null; lines: readonly string[]}>();
	const child = execFile(join(import.meta.dirname, '../.ci/run'), {env}, (_error, stdout) =>
		resolve({code: child.exitCode, lines: stdout.trimEnd().split('\n')}),
	);
	return promise;
}

const notRun = 'The cluster tests were not run and are not counted: Go is missing or too old, see above.';

test.each<{name: string; scripts: {readonly [script: string]: Script}; code: number; lines: readonly string[]}>([
	{
		name: 'adds both counts',
		scripts: {'run test': green, 'run test:cluster': {...green, passed: 4}},
		code: 0,
		lines: ['7 passed, 0 failed'],
	},
	{
		name: 'counts the official suites too',
		scripts: {'run test': green, 'run test:official': {code: 1, passed: 5, failed: 2}, 'run test:cluster': green},
		code: 1,
		lines: ['11 passed, 2 failed'],
	},
	{
		name: 'goes on to the cluster tests after a failure',
		scripts: {'run test': {code: 1, passed: 2, failed: 1}, 'run test:cluster': green},
		code: 1,
		lines: ['5 passed, 1 failed'],
	},
	{
		name: 'counts a failed cluster test',
		scripts: {'run test': green, 'run test:cluster': {code: 1, passed: 1, failed: 2}},
		code: 1,
		lines: ['4 passed, 2 failed'],
	},
	{
		name: 'counts a file of tests that could not be loaded',
		scripts: {'run test': {code: 1, passed: 3, brokenFiles: 1}, 'run test:cluster': green},
		code: 1,
		lines: ['6 passed, 1 failed'],
	},
	{
		name: 'counts a program left behind, which is no test',
		scripts: {'run test': green, 'run test:cluster': {...green, code: 1}},
		code: 1,
		lines: ['6 passed, 1 failed'],
	},
	{
		name: 'counts a failed build of the cluster',
		scripts: {'run test': green, 'run test:cluster': {code: 1}},
		code: 1,
		lines: ['3 passed, 1 failed'],
	},
	{
		name: 'passes without Go and says so',
		scripts: {'run test': green, 'run test:cluster': {code: 3}},
		code: 0,
		lines: [notRun, '3 passed, 0 failed'],
	},
	{
		name: 'fails without Go where another test failed',
		scripts: {'run test': {code: 1, passed: 2, failed: 1}, 'run test:cluster': {code: 3}},
		code: 1,
		lines: [notRun, '2 passed, 1 failed'],
	},
	{name: 'stops where the lock file cannot be installed', scripts: {ci: {code: 1}}, code: 1, lines: ['0 passed, 1 failed']},
	{name: 'stops where a check fails', scripts: {'run check:static': {code: 1}}, code: 1, lines: ['0 passed, 1 failed']},
])('the CI script $name', async ({scripts, code, lines}) => {
	expect(await run(scripts)).toEqual({code, lines});
});
