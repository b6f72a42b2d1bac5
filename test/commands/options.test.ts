import {expect, test} from 'vitest';
import {parseDuration} from '../../src/core/duration.ts';
import {commandLine} from '../support/command-line.ts';

const optionsOf = async (line: string, environment = {}) => {
	const {call, err} = await commandLine(`k8s list pods ${line}`, {environment});
	return call?.options ?? err;
};

test('without flags: text, asking, no limit', async () => {
	expect(await optionsOf('')).toEqual({
		output: 'text',
		dryRun: false,
		rehearse: false,
		yes: false,
		readOnly: false,
		verbose: false,
		quiet: false,
		colour: true,
	});
});

test('options are frozen', async () => {
	expect(Object.isFrozen(await optionsOf(''))).toBe(true);
});

test.each([
	['--context prod', {}, {context: 'prod'}],
	['', {MKCOA_CONTEXT: 'prod'}, {context: 'prod'}],
	['--context dev', {MKCOA_CONTEXT: 'prod'}, {context: 'dev'}],
	['', {MKCOA_NAMESPACE: 'shop'}, {namespace: 'shop'}],
	['-o yaml', {}, {output: 'yaml'}],
	['--json', {MKCOA_OUTPUT: 'yaml'}, {output: 'json'}],
	['', {MKCOA_OUTPUT: 'json'}, {output: 'json'}],
	['--timeout 1m30s', {}, {timeoutMs: 90_000}],
	['', {MKCOA_TIMEOUT: '5m'}, {timeoutMs: 300_000}],
	['', {MKCOA_READ_ONLY: '1'}, {readOnly: true}],
	['', {MKCOA_READ_ONLY: '0'}, {readOnly: false}],
	['--sandbox', {}, {sandbox: ''}],
	['--sandbox shop', {}, {sandbox: 'shop'}],
	['--sandbox=other', {}, {sandbox: 'other'}],
	['--dry-run --plan-out p.json', {}, {dryRun: true, planOut: 'p.json'}],
	['--yes', {}, {yes: true}],
	['', {MKCOA_YES: '1'}, {yes: false}],
	['--no-color', {}, {colour: false}],
])('%j with %j is %j', async (line, environment, options) => {
	expect(await optionsOf(line, environment)).toMatchObject(options);
});

test('--sandbox takes the next word only where it names a scenario', async () => {
	const {call} = await commandLine('--sandbox k8s list pods');
	expect(call).toMatchObject({tool: 'resource_list', options: {sandbox: ''}});
});

test('a wrong value in the environment is told like a wrong flag', async () => {
	expect(await optionsOf('', {MKCOA_OUTPUT: 'xml'})).toContain("Output format 'xml' is not known");
});

test('the environment help lists every variable and says that a yes is no variable', async () => {
	const {out} = await commandLine('help environment');
	for (const name of ['MKCOA_CONTEXT', 'MKCOA_NAMESPACE', 'MKCOA_OUTPUT', 'KUBECONFIG', 'NO_COLOR', 'MKCOA_PLAIN'])
		expect(out).toContain(name);
	expect(out).toContain('MKCOA_YES does not exist');
});

test.each([
	['30s', 30_000],
	['5m', 300_000],
	['1h30m', 5_400_000],
	['500ms', 500],
	['1.5s', 1500],
	['30', undefined],
	['0s', undefined],
	['-5s', undefined],
	['', undefined],
])('%j lasts %s ms', (text, ms) => {
	expect(parseDuration(text)).toBe(ms);
});
