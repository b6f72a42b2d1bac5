import {mkdir, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {startChild} from '../support/child.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

/** The bundle as a user runs it: what a lazy import loses there, no test of the sources sees. */
const run = (words: readonly string[], home = folder) => startChild(['--sandbox', 'empty', ...words], home).ended();

test('the built program prints YAML', async () => {
	const {code, out, err} = await run(['k8s', 'get', 'namespace', 'default', '-o', 'yaml']);
	expect({code, err}).toEqual({code: 0, err: ''});
	expect(parse(out)).toMatchObject({
		kind: 'done',
		tool: 'resource_get',
		output: {value: {kind: 'Namespace', metadata: {name: 'default'}}},
	});
});

test('the built program prints a failure as YAML', async () => {
	const {code, out} = await run(['k8s', 'get', 'namespace', 'nowhere', '-o', 'yaml']);
	expect(code).toBe(1);
	expect(parse(out)).toMatchObject({kind: 'failed', tool: 'resource_get', error: {code: expect.any(String)}});
});

test.each([
	['rules: [{tool: resource_patch, effect: deny, why: Not today}]\n', 4, 'Not today'],
	['rules: [{tool: resource_patch, effect: allow, why: As you like}]\n', 0, 'Done'],
	['rules: [\n', 1, 'policy.yaml cannot be used (line'],
])('the built program follows the policy %j', async (policy, exitCode, words) => {
	const home = await temporaryFolder();
	await mkdir(`${home}/config/mkcoa`, {recursive: true});
	await writeFile(`${home}/config/mkcoa/policy.yaml`, policy);
	const {code, err} = await run(['k8s', 'patch', 'namespace', 'default', '-p', 'metadata: {labels: {team: a}}'], home);
	expect(err).toContain(words);
	expect(code).toBe(exitCode);
});
