import {expect, test} from 'vitest';
import {eventPrinter} from '../../../src/commands/render/event-printer.ts';
import type {CanaryEvidence} from '../../../src/core/canary-evidence.ts';
import type {Event} from '../../../src/core/event.ts';
import type {Streams} from '../../../src/core/streams.ts';
import {bufferStreams, terminal} from '../../support/buffer-streams.ts';
import {manualClock} from '../../support/manual-clock.ts';
import {screen} from '../../support/screen.ts';

const step = (index: number, title: string): Event => ({kind: 'step', index, of: 2, title});
const ended: Event = {kind: 'ended', outcome: {kind: 'done', tool: 't', output: null}};
const ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};

function printer(shape: Partial<Streams> = {}, {quiet = false, verbose = false} = {}) {
	const clock = manualClock();
	const {streams, printed} = bufferStreams(shape);
	return {...eventPrinter(streams, {quiet, verbose, clock}), clock, printed};
}

test('plain lines with elapsed time in a pipe', async () => {
	const {emit, clock, printed} = printer();
	emit(step(0, 'Set the image'));
	emit(step(1, 'Wait for 5 pods'));
	await clock.advance(12_000);
	emit({kind: 'progress', text: 'ready pods', done: 3, total: 5});
	emit({kind: 'progress', text: 'ready pods', done: 3, total: 5});
	emit({kind: 'verdict', verdict: 'pass', text: 'error rate is no worse', data: {errorRate: 0.01, samples: 120, raw: [1]}});
	emit(ended);
	expect(printed).toEqual({
		out: '',
		err: '1 of 2: Set the image\n2 of 2: Wait for 5 pods\n  ready pods (3 of 5) (12s)\n✓ error rate is no worse\n',
	});
});

test('a verdict tells its numbers with verbose', () => {
	const {emit, printed} = printer({}, {verbose: true});
	emit({kind: 'verdict', verdict: 'pass', text: 'error rate is no worse', data: {errorRate: 0.01, samples: 120, raw: [1]}});
	expect(printed.err).toBe('✓ error rate is no worse (errorRate 0.01, samples 120)\n');
});

const arm = (value: number) => ({value, samples: 100, looks: [0, value]});
const evidence: CanaryEvidence = {
	metrics: [
		{
			...{metric: 'error-ratio', verdict: 'fail', reason: '10 % fail', test: 'a test', worse: 'higher', tolerance: 0},
			...{unit: 'ratio', query: 'errors', source: 'Prometheus', spanMs: 20_000, canary: arm(0.1), stable: arm(0)},
		},
	],
	pods: {canary: ['web-canary-1'], stable: []},
	words: [],
};

test.each([
	['a terminal with colour', {...terminal(), colour: true}, '▁█'],
	['a terminal without', terminal(), '09'],
	['a pipe', {}, '09'],
])('the evidence of a bad verdict stands below it in %s', (_, shape, chart) => {
	const {emit, printed} = printer(shape);
	emit({kind: 'verdict', verdict: 'fail', text: 'too many errors', data: {}, evidence});
	expect(printed.err).toContain('too many errors');
	expect(printed.err).toContain(chart);
	expect(printed.err).toMatch(/query.*errors/);
});

test('the evidence of a good verdict is short', () => {
	const {emit, printed} = printer();
	emit({kind: 'verdict', verdict: 'pass', text: 'no worse', data: {}, evidence});
	expect(printed.err).toContain('    canary  10.0 % of 100  09\n');
	expect(printed.err).not.toContain('query');
});

test('where tests and queries of a good verdict stand is said once, and not where they are printed', () => {
	const [metric] = evidence.metrics;
	const passed: Event = {
		...{kind: 'verdict', verdict: 'pass', text: 'no worse', data: {}},
		evidence: {...evidence, metrics: metric === undefined ? [] : [{...metric, verdict: 'pass'}]},
	};
	const [short, long] = [{}, {verbose: true}].map(flags => {
		const {emit, printed} = printer({}, flags);
		emit(passed);
		emit(passed);
		return printed.err;
	});
	expect(short?.match(/tests and queries/g)).toHaveLength(1);
	expect(short).toContain('  Its tests and queries are printed with --verbose, and stand in output.stages of --json\n');
	expect(long).not.toContain('tests and queries');
	expect(long?.match(/query +errors/g)).toHaveLength(2);
});

test('a step whose verdict is bad ends badly, and a way back that went well ends well', () => {
	const {emit, printed} = printer(terminal());
	emit(step(0, 'Judge'));
	emit({kind: 'verdict', verdict: 'fail', text: 'too many errors', data: {}});
	emit(step(1, 'Take it back'));
	const error = {kind: 'environment', code: 'canary-failed', what: 'It was taken back'} as const;
	emit({kind: 'ended', outcome: {kind: 'failed', tool: 't', error, done: ['a'], undone: ['a'], left: []}});
	expect(printed.err).toContain('✗ Judge (0s)\n');
	expect(printed.err).toContain('✓ Take it back (0s)\n');
});

test('one live line in a terminal, and a finished step stays', async () => {
	const {emit, clock, printed} = printer(terminal());
	const shown = screen(80, 24);
	const text = () => {
		shown.write(printed.err);
		printed.err = '';
		return shown.text();
	};
	emit(step(0, 'Set the image'));
	expect(text()).toBe('| 1 of 2: Set the image (0s)');
	await clock.advance(3000);
	expect(text()).toMatch(/^[|/\\-] 1 of 2: Set the image \(3s\)$/);
	emit({kind: 'note', text: 'the server warns'});
	expect(text()).toMatch(/^! the server warns\n[|/\\-] 1 of 2: Set the image \(3s\)$/);
	emit(step(1, 'Wait'));
	expect(text()).toMatch(/^! the server warns\n✓ Set the image \(3s\)\n[|/\\-] 2 of 2: Wait \(0s\)$/);
	emit(ended);
	expect(text()).toBe('! the server warns\n✓ Set the image (3s)\n✓ Wait (0s)');
});

test('the live line never exceeds the terminal', () => {
	const {emit, printed} = printer(terminal(30));
	emit({kind: 'progress', text: 'a very long progress text that goes on and on'});
	const shown = screen(30, 5);
	shown.write(printed.err);
	expect(shown.text()).toBe('| a very long progress text …');
});

test('stop takes the live line away before a question', async () => {
	const {emit, stop, printed, clock} = printer(terminal());
	emit(step(0, 'Plan'));
	stop();
	const before = printed.err;
	await clock.advance(1000);
	expect(printed.err).toBe(before);
});

test('a failed run marks its last step', () => {
	const {emit, printed} = printer(terminal());
	emit(step(0, 'Wait'));
	const error = {kind: 'environment', code: 'x', what: 'x'} as const;
	emit({kind: 'ended', outcome: {kind: 'failed', tool: 't', error, done: [], undone: [], left: []}});
	expect(printed.err).toMatch(/✗ Wait \(0s\)\n$/);
});

test('quiet prints warnings alone', () => {
	const {emit, printed} = printer({}, {quiet: true});
	emit(step(0, 'Set the image'));
	emit({kind: 'note', text: 'deprecated API'});
	expect(printed.err).toBe('! deprecated API\n');
});

test.each([
	[true, '+ patch Deployment shop/web\n'],
	[false, ''],
])('verbose %s prints writes as %j', (verbose, text) => {
	const {emit, printed} = printer({}, {verbose});
	emit({kind: 'write', op: 'patch', ref});
	expect(printed.err).toBe(text);
});

test('a step whose pods were asked for their last words is no good one, whatever follows', () => {
	const {emit, printed} = printer(terminal());
	emit(step(0, 'Give web a new image'));
	const pod = {name: 'web-1', reason: 'main: ErrImagePull', logs: [], events: ['Failed: not found']};
	emit({kind: 'words', words: {pods: [pod], morePods: 0, events: []}});
	emit(step(1, 'Give web its image again'));
	emit(ended);
	expect(printed.err).toContain('  - web-1: main: ErrImagePull\n    last events\n      | Failed: not found\n');
	expect(printed.err).toContain('✗ Give web a new image');
	expect(printed.err).toContain('✓ Give web its image again');
});
