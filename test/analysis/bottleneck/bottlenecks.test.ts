import {describe, expect, test} from 'vitest';
import {bottlenecksOf, roomOf} from '../../../src/analysis/bottleneck/bottlenecks.ts';
import {changeBefore} from '../../../src/analysis/bottleneck/cause-bottlenecks.ts';
import {type Course, courseOf, type Shift} from '../../../src/analysis/bottleneck/course.ts';
import type {Facts, MadeChange} from '../../../src/analysis/bottleneck/facts.ts';

const minute = 60_000;
const startMs = Date.UTC(2026, 0, 1);
const at = (minutes: number) => startMs + minutes * minute;

/** A curve that stays at a level, or steps to one at a minute. */
function course(from: number, to = from, stepAt = 90): Course {
	const shift: Shift = {atMs: at(stepAt), from, to, kind: 'step', falseAlarm: 1e-4};
	return {level: to, least: Math.min(from, to), most: Math.max(from, to), samples: 180, shifts: from === to ? [] : [shift]};
}

const healthy: {readonly [name: string]: Course} = {
	requests: course(50),
	errors: course(0.001),
	'latency-p95': course(0.1),
	'cpu-of-limit': course(0.3),
	'memory-of-limit': course(0.5),
	throttled: course(0.01),
};

const facts = (measures: {readonly [name: string]: Course} = {}, more: Partial<Facts> = {}): Facts => ({
	stepMs: minute,
	measures: new Map(Object.entries({...healthy, ...measures})),
	oomKills: {count: 0},
	restarts: {count: 0},
	nodes: [{name: 'a', cpu: course(0.4), memory: course(0.6), cores: 4, neighbours: []}],
	dependencies: [],
	changes: [],
	...more,
});

const slow = {'latency-p95': course(0.1, 0.5)};
const change = (minutes: number, what: MadeChange['what'], isOwn = true): MadeChange => ({
	atMs: at(minutes),
	what,
	isOwn,
	text: `${what} at ${minutes}`,
});
const busy = (neighbour: Course) => [
	{name: 'a', cpu: course(0.5, 0.97), cores: 4, neighbours: [{namespace: 'batch', pod: 'crunch-1', cpu: neighbour}]},
];

describe('bottlenecksOf', () => {
	test('names none where nothing is at its end, and says what has room', () => {
		expect(bottlenecksOf(facts())).toEqual([]);
		expect(roomOf(facts())).toEqual([
			'errors at most 0.1 %',
			'latency p95 at most 100 ms',
			'CPU of its limit at most 30.0 %',
			'throttled at most 1.0 %',
			'memory of its limit at most 50.0 %',
			'its nodes 40.0 % busy',
		]);
	});

	test.each<[string, Facts, object]>([
		[
			'throttling that began with the latency',
			facts({...slow, throttled: course(0.02, 0.6, 91)}),
			{kind: 'cpu-limit', sure: 'likely', sinceMs: at(91), severity: 'high'},
		],
		['throttling that nobody notices', facts({throttled: course(0.4)}), {kind: 'cpu-limit', sure: 'possible', severity: 'medium'}],
		['all of a CPU limit', facts({'cpu-of-limit': course(0.95)}), {kind: 'cpu-limit', sure: 'possible'}],
		[
			'kills for memory',
			facts({}, {oomKills: {count: 2, latestMs: at(100)}, restarts: {count: 2}}),
			{kind: 'memory-limit', sure: 'certain', severity: 'high'},
		],
		[
			'memory that grew to its limit',
			facts({'memory-of-limit': course(0.5, 0.95)}),
			{kind: 'memory-limit', sure: 'possible', severity: 'medium'},
		],
		[
			'memory that has always been near its limit',
			facts({'memory-of-limit': course(0.95)}),
			{kind: 'memory-limit', sure: 'possible', severity: 'low'},
		],
		[
			'a neighbour that took the CPU of the node',
			facts(slow, {nodes: busy(course(0.1, 3.2, 89))}),
			{kind: 'noisy-neighbour', sure: 'likely', sinceMs: at(89)},
		],
		['a node that is busy with what it always had', facts(slow, {nodes: busy(course(3.1))}), {kind: 'node-cpu', sure: 'likely'}],
		[
			'a node without memory',
			facts({}, {nodes: [{name: 'a', memory: course(0.96), neighbours: []}]}),
			{kind: 'node-memory', sure: 'possible'},
		],
		[
			'a dependency that became slow with it',
			facts(slow, {dependencies: [{name: 'db', seenBy: 'caller', latency: course(0.02, 0.4, 88)}]}),
			{kind: 'slow-dependency', sure: 'likely', cause: 'db, which it asks, answers in 400 ms, 20 ms before'},
		],
		[
			'a dependency that fails with it',
			facts({errors: course(0, 0.1)}, {dependencies: [{name: 'db', seenBy: 'itself', errors: course(0, 0.2, 90)}]}),
			{kind: 'slow-dependency', sure: 'possible', cause: 'db, which it asks, fails 20.0 %, 0.0 % before'},
		],
		['a rollout', facts(slow, {changes: [change(87, 'rollout')]}), {kind: 'rollout', sure: 'likely', severity: 'high', sinceMs: at(90)}],
		[
			'settings',
			facts({errors: course(0, 0.08)}, {changes: [change(89, 'settings')]}),
			{kind: 'settings', sure: 'likely', severity: 'high'},
		],
		[
			'containers that start again',
			facts({}, {restarts: {count: 4, latestMs: at(170)}}),
			{kind: 'restarts', sure: 'certain', severity: 'high'},
		],
	])('names %s', (_, given, expected) => {
		expect(bottlenecksOf(given)).toMatchObject([expected]);
	});

	test('does not call a change the reason that came later, or long before, or of something that shows nothing', () => {
		for (const minutes of [20, 95, 170])
			expect(bottlenecksOf(facts(slow, {changes: [change(minutes, 'rollout')]}))).toMatchObject([{kind: 'unexplained'}]);
		expect(bottlenecksOf(facts({}, {changes: [change(89, 'rollout')]}))).toEqual([]);
	});

	test('does not blame a dependency that rose at another time, or by too little', () => {
		const dependency = (latency: Course) => facts(slow, {dependencies: [{name: 'db', seenBy: 'caller', latency}]});
		expect(bottlenecksOf(dependency(course(0.02, 0.4, 40)))).toMatchObject([{kind: 'unexplained'}]);
		expect(bottlenecksOf(dependency(course(0.02, 0.05)))).toMatchObject([{kind: 'unexplained'}]);
	});

	test('does not blame a neighbour on a node that has room', () => {
		const nodes = [
			{name: 'a', cpu: course(0.3, 0.5), cores: 4, neighbours: [{namespace: 'batch', pod: 'crunch-1', cpu: course(0.1, 0.9)}]},
		];
		expect(bottlenecksOf(facts(slow, {nodes}))).toMatchObject([{kind: 'unexplained'}]);
	});

	test('puts what explains most first, and still tells the rest', () => {
		const found = bottlenecksOf(
			facts({...slow, throttled: course(0.02, 0.6), requests: course(50, 90)}, {changes: [change(20, 'rollout')]}),
		);
		expect(found.map(({kind}) => kind)).toEqual(['cpu-limit', 'more-requests']);
	});

	test('tells failures that nothing explains beside what may be', () => {
		const found = bottlenecksOf(facts({errors: course(0.12), 'memory-of-limit': course(0.99)}));
		expect(found.map(({kind, severity}) => [kind, severity])).toEqual([
			['unexplained', 'high'],
			['memory-limit', 'low'],
		]);
	});

	test('judges what there is where little is measured', () => {
		expect(bottlenecksOf({...facts(), measures: new Map(), nodes: []})).toEqual([]);
		expect(roomOf({measures: new Map(), nodes: []})).toEqual([]);
	});
});

describe('changeBefore', () => {
	const shift = {atMs: at(90)};
	const of = (...changes: readonly MadeChange[]) => changeBefore(shift, {changes, stepMs: minute})?.text;
	test.each([
		['the nearest of two alike', [change(85, 'rollout'), change(88, 'rollout')], 'rollout at 88'],
		['the kind that explains more', [change(85, 'rollout'), change(89, 'other')], 'rollout at 85'],
		['its own before others', [change(85, 'settings'), change(89, 'rollout', false)], 'settings at 85'],
		['what was seen a step later', [change(91, 'scale')], 'scale at 91'],
		['nothing older than ten minutes', [change(79, 'rollout')], undefined],
		['nothing that came after', [change(93, 'rollout')], undefined],
	])('is %s', (_, changes, expected) => {
		expect(of(...changes)).toBe(expected);
	});
});

describe('courseOf', () => {
	test('tells the level since the latest change, and when it came', () => {
		const values = Array.from({length: 180}, (_, row) => (row === 17 ? null : (row < 90 ? 10 : 20) + (row % 3)));
		expect(courseOf(values, {fromMs: startMs, stepMs: minute})).toEqual({
			...{level: 21, least: 10, most: 22, samples: 179},
			shifts: [{atMs: at(90), from: 11, to: 21, kind: 'step', falseAlarm: expect.any(Number)}],
		});
	});
	test('is none where there is no number', () => {
		expect(courseOf([null, Number.NaN], {fromMs: 0, stepMs: 1})).toBeUndefined();
	});
});
