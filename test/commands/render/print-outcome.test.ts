import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {printOutcome, printTrouble} from '../../../src/commands/render/print-outcome.ts';
import type {Trouble} from '../../../src/core/error.ts';
import type {Json} from '../../../src/core/json.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import type {Streams} from '../../../src/core/streams.ts';
import {sampleDigest, samplePlan} from '../../../src/tui/sample-plan.ts';
import {bufferStreams, terminal} from '../../support/buffer-streams.ts';

const about = {tool: 'deployment_update', digest: sampleDigest, plan: samplePlan};
const unreachable: Trouble = {
	kind: 'environment',
	code: 'unreachable',
	what: 'The cluster prod did not answer',
	why: 'connection refused',
	quoted: 'dial tcp: refused',
	next: 'Check the VPN',
};
const failure = {
	...about,
	kind: 'failed',
	error: unreachable,
	journal: '7k2',
	done: ['image set'],
	undone: ['replicas'],
	left: ['budget'],
} as const;

type Length = {output?: 'text' | 'json' | 'yaml'; quiet?: boolean; verbose?: boolean; error?: unknown};

async function printed(outcome: AnyOutcome, length: Length = {}, shape: Partial<Streams> = {}) {
	const {streams, printed: all} = bufferStreams(shape);
	const text = (output: Json | undefined, {width, terminal: isTerminal}: {width: number; terminal: boolean}) =>
		`answer ${JSON.stringify(output)} ${width} ${isTerminal}`;
	await printOutcome(streams, outcome, {output: 'text', quiet: false, verbose: false, nowMs: 0, text, ...length});
	return all;
}

test("a read prints the tool's own text on standard output, ended by a line break", async () => {
	expect(await printed({kind: 'done', tool: 'resource_list', output: {rows: 2}})).toEqual({out: 'answer {"rows":2} 80 false\n', err: ''});
});

test('a change tells how to take it back', async () => {
	const {err} = await printed({...about, kind: 'done', output: null, journal: '7k2'});
	expect(err).toBe('✓ Done: Update shop/web to image 1.43.0 with 5 replicas\n  Take it back with: mkcoa undo 7k2\n');
});

test('quiet leaves the good news out', async () => {
	expect((await printed({...about, kind: 'done', output: null, journal: '7k2'}, {quiet: true})).err).toBe('');
});

test('a dry run prints the plan and says that nothing was changed', async () => {
	const {out, err} = await printed({...about, kind: 'planned'});
	expect(out).toMatch(/^Update shop\/web to image 1\.43\.0 with 5 replicas\n\nTarget {2}prod/);
	expect(err).toBe('- Nothing was changed.\n');
});

test.each<[AnyOutcome, string]>([
	[{...about, kind: 'waiting', id: '7k2'}, '! Plan 7k2 waits. Nothing was changed.\n  Review it with: mkcoa approve 7k2\n'],
	[{...about, kind: 'rejected', by: 'person', feedback: ''}, '✗ You said no. Nothing was changed.\n'],
	[{...about, kind: 'rejected', by: 'person', feedback: 'wrong image'}, '✗ You said no: wrong image. Nothing was changed.\n'],
	[{...about, kind: 'rejected', by: 'policy', feedback: 'frozen'}, '✗ Policy does not allow this: frozen. Nothing was changed.\n'],
	[
		{kind: 'drifted', tool: 'x', digest: sampleDigest, moved: ['Deployment shop/web moved']},
		'! The world moved since the plan was made. Nothing was changed.\n  - Deployment shop/web moved\n  Make a new plan by running its command again.\n',
	],
])('%j is told on standard error', async (outcome, text) => {
	expect((await printed(outcome)).err).toBe(text);
});

test('nothing to do is an answer, not silence', async () => {
	const {out, err} = await printed({...about, kind: 'nothing-to-do'});
	expect({out, err}).toEqual({out: '✓ Nothing to do: everything is as asked (Update shop/web to image 1.43.0 with 5 replicas)\n', err: ''});
});

test('a failure says what was done, put back and left', async () => {
	expect((await printed(failure)).err).toMatchInlineSnapshot(`
		"✗ The cluster prod did not answer: connection refused. Check the VPN.
		  It said: dial tcp: refused
		  Done
		    ✓ image set
		  Put back
		    - replicas
		  Left as it is
		    ! budget
		"
	`);
});

test('quiet tells a failure in one line', async () => {
	expect((await printed({...failure, done: [], undone: [], left: []}, {quiet: true})).err).toBe(
		'✗ The cluster prod did not answer: connection refused. Check the VPN.\n',
	);
});

test('verbose shows the causes', async () => {
	const error = new Error('outer', {cause: new Error('inner')});
	const {err} = await printed(failure, {verbose: true, error});
	expect(err).toMatch(/Error: outer[\s\S]*Error: inner/);
});

test.each(['json', 'yaml'] as const)('%s prints the whole outcome, refusals included', async output => {
	const outcome = {...about, kind: 'rejected', by: 'policy', feedback: 'frozen'} as const;
	const {out} = await printed(outcome, {output});
	expect(output === 'json' ? JSON.parse(out) : parse(out)).toEqual(outcome);
});

test('a terminal gets colour, a pipe does not, and the words are the same', async () => {
	const inTerminal = await printed(failure, {}, {...terminal(), colour: true});
	const inPipe = await printed(failure, {}, {colour: true});
	expect(inPipe.err).not.toContain('\u001B');
	// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such sequences
	expect(inTerminal.err.replace(/\u001B\[\d+m/g, '')).toBe(inPipe.err);
	expect(inTerminal.err).toContain('\u001B[31m✗ \u001B[39m');
});

test('a narrow terminal gets wrapped lines', async () => {
	const {err} = await printed({...about, kind: 'waiting', id: '7k2'}, {}, terminal(40));
	expect(err).toBe('! Plan 7k2 waits. Nothing was changed.\n  Review it with: mkcoa approve 7k2\n');
});

test('an error before any plan is printed like a failed outcome', async () => {
	const {streams, printed: all} = bufferStreams();
	await printTrouble(streams, unreachable, {tool: 'pod_logs', output: 'json', quiet: false, verbose: false});
	expect(JSON.parse(all.out)).toMatchObject({kind: 'failed', tool: 'pod_logs', error: {code: 'unreachable'}, done: []});
	expect(all.err).toContain('  It said: dial tcp: refused\n');
});
