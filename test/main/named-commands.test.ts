import {globSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {runMkcoa} from '../support/host.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mention = /mkcoa ((?:k8s|deploy|incident|monitor|observe) [a-z][a-z0-9-]*)/g;

/** Commands of groups that remedies and pages name: `k8s list`. */
const named = new Set(
	globSync(['src/**/*.ts', 'README.md', 'docs/*.md'], {cwd: root}).flatMap(path =>
		[...readFileSync(`${root}/${path}`, 'utf8').matchAll(mention)].flatMap(([, words]) => words ?? []),
	),
);

test('every command that a remedy or a page names is there', async () => {
	const folder = await temporaryFolder();
	const missing: string[] = [];
	for (const words of named) {
		const {code, out} = await runMkcoa([...words.split(' '), '--help'], {folder});
		if (code !== 0 || !/^Usage: mkcoa \S+ \S/.test(out) || !out.split('\n')[0]?.includes(words.split(' ')[1] ?? '')) missing.push(words);
	}
	expect(named.size).toBeGreaterThan(50);
	expect(missing).toEqual([]);
}, 60_000);
