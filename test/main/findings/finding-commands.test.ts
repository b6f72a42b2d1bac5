import {writeFile} from 'node:fs/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {parse, stringify} from 'yaml';
import {type Sandbox, startSandbox} from '../../../src/sandbox/start.ts';
import {runMkcoa} from '../../support/host.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();
const config = `${folder}/kubeconfig`;
let sandboxes: readonly Sandbox[] = [];

/** One kubeconfig with a sick cluster, a well one, and one that nobody answers for. */
beforeAll(async () => {
	sandboxes = await Promise.all([startSandbox({scenario: 'broken'}), startSandbox({scenario: 'shop'})]);
	const [sick, well] = sandboxes.map(({kubeconfig}) => parse(kubeconfig));
	const named = (name: string, {clusters: [cluster], users: [user]}: {clusters: [object]; users: [object]}) => ({
		cluster: {...cluster, name},
		user: {...user, name},
		context: {name, context: {cluster: name, user: name}},
	});
	const gone = {...named('gone', well), cluster: {name: 'gone', cluster: {server: 'http://127.0.0.1:9'}}};
	const all = [named('sick', sick), named('well', well), gone];
	await writeFile(
		config,
		stringify({
			apiVersion: 'v1',
			kind: 'Config',
			'current-context': 'well',
			clusters: all.map(({cluster}) => cluster),
			users: all.map(({user}) => user),
			contexts: all.map(({context}) => context),
		}),
		{mode: 0o600},
	);
});
afterAll(() => Promise.all(sandboxes.map(sandbox => sandbox.stop())));

const detect = (...words: readonly string[]) => runMkcoa(['--kubeconfig', config, 'incident', 'detect', ...words], {folder});

test.each([
	['sick', 'critical', 3],
	['sick', undefined, 0],
	['well', 'low', 0],
])('in cluster %s with --fail-on %s the exit code is %i', async (context, severity, code) => {
	const asked = await detect('--context', context, ...(severity === undefined ? [] : ['--fail-on', severity]));
	expect(asked.code).toBe(code);
});

test('a severity that there is not is refused with those that there are', async () => {
	expect((await detect('--context', 'sick', '--fail-on', 'dreadful')).err).toContain('low, medium, high, critical');
});

test.each([
	['sarif', (out: string) => JSON.parse(out).runs[0].results.length],
	['junit', (out: string) => out.match(/<failure /g)?.length],
	['markdown', (out: string) => out.match(/^### (?:critical|high|medium|low):/gm)?.length],
])('%s holds every incident that JSON holds', async (format, countOf) => {
	const asJson = JSON.parse((await detect('--context', 'sick', '--json')).out);
	const report = await detect('--context', 'sick', '-o', format);
	expect(report.code).toBe(0);
	expect(countOf(report.out)).toBe(asJson.output.incidents.length);
});

test('a report of a command that finds nothing by its nature is refused, not empty', async () => {
	const listed = await runMkcoa(['--kubeconfig', config, 'k8s', 'list', 'pods', '-o', 'sarif'], {folder});
	expect(listed).toMatchObject({code: 1, out: '', err: expect.stringContaining('tells no findings')});
});

test('a cluster that does not answer makes no report', async () => {
	const report = await detect('--context', 'gone', '-o', 'junit');
	expect(report).toMatchObject({code: 1, out: ''});
	expect(report.err).toContain('127.0.0.1:9');
});

test('every cluster is asked, and the error of one hides no other', async () => {
	const all = await detect('--all-contexts', '--json');
	const {contexts} = JSON.parse(all.out);
	expect(contexts.map(({context, outcome}: {context: string; outcome: {kind: string}}) => `${context} ${outcome.kind}`)).toEqual([
		'sick done',
		'well done',
		'gone failed',
	]);
	expect(all.code).toBe(1);
	const text = await detect('--all-contexts', '--fail-on', 'critical');
	expect(text.code).toBe(3);
	expect(text.out).toMatch(/== sick\n[\s\S]*== well\nNothing is found wrong[\s\S]*== gone\n✗ /);
});

test('of several clusters a report says which one each finding is of, and which was not looked at', async () => {
	const report = await detect('--all-contexts', '-o', 'sarif');
	const {results} = JSON.parse(report.out).runs[0];
	expect(results.filter(({message}: {message: {text: string}}) => message.text.startsWith('sick: ')).length).toBeGreaterThan(20);
	expect(results.at(-1)).toMatchObject({ruleId: 'cluster-not-looked-at', kind: 'open', level: 'none'});
});

test('one cluster and all of them exclude each other', async () => {
	expect(await detect('--all-contexts', '--context', 'sick')).toMatchObject({code: 1, err: expect.stringContaining('--all-contexts')});
});
