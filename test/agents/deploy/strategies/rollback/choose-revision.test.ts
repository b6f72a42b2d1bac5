import {expect, test} from 'vitest';
import type {KeptTemplate} from '../../../../../src/agents/deploy/bundle/workload-history.ts';
import {chooseRevision} from '../../../../../src/agents/deploy/strategies/rollback/choose-revision.ts';
import {deployment} from '../../../../support/kube-objects.ts';

const kept = (number: number): KeptTemplate => ({
	number,
	source: `web-${number}`,
	images: [],
	cause: '',
	created: '',
	current: false,
	pods: 0,
	template: {},
	earlier: [],
});
const past = (history: readonly number[], bundles: readonly number[], current: number) => ({history: history.map(kept), bundles, current});

test.each([
	['the one before, from the history alone', past([2, 3, 4], [], 4), undefined, {revision: 3, bundled: false}],
	['the one before, with its bundle', past([2, 3, 4], [3], 4), undefined, {revision: 3, bundled: true}],
	['one that only a bundle keeps', past([5, 6], [4], 6), 4, {revision: 4, bundled: true, kept: undefined}],
	['the one of now, whose configuration may have been changed', past([3, 4], [4], 4), 4, {revision: 4, bundled: true}],
	[
		'not the one that was tried and taken back',
		{history: [kept(1), kept(3), {...kept(4), earlier: [2]}], bundles: [1, 2], current: 4},
		undefined,
		{revision: 1, bundled: true},
	],
	['a named one', past([2, 3, 4], [], 4), 2, {revision: 2, bundled: false}],
])('chooses %s', (_, given, to, expected) => {
	expect(chooseRevision(deployment(), given, to)).toMatchObject(expected);
});

test.each([
	[past([4], [], 4), undefined, 'web has no earlier revision: it keeps 4, and 4 is current'],
	[past([2, 4], [3], 4), 9, 'web has no revision 9: it keeps 2, 3, 4, and 4 is current'],
	[past([], [], 0), undefined, 'web has no earlier revision: it keeps none'],
	[
		{...past([3, 4], [], 4), notChecked: 'dev may not list secrets in shop'},
		2,
		'web has no revision 2: it keeps 3, 4, and 4 is current; snapshots of more could not be looked for: dev may not list secrets in shop',
	],
])('refuses with what there is', (given, to, message) => {
	expect(() => chooseRevision(deployment(), given, to)).toThrow(message);
});

/** A StatefulSet's revisions in the order in which they were made: a template that comes back takes the newest number and keeps its age. */
const made = (...numbers: readonly number[]) =>
	numbers.map((number, index) => ({...kept(number), created: `2026-03-01T10:0${index}:00Z`})).toSorted((a, b) => a.number - b.number);
const set = {...deployment(), kind: 'StatefulSet'};

test.each([
	['before the one that came back, not the one that was tried', {history: made(1, 4, 3), bundles: [], current: 4}, 1],
	['of what the controller keeps, where a bundle may be of what runs now', {history: made(1, 4, 3), bundles: [1, 2, 3], current: 4}, 1],
	['before, where nothing came back', {history: made(1, 2, 3), bundles: [2], current: 3}, 2],
])('a StatefulSet returns to the revision %s', (_, given, revision) => {
	expect(chooseRevision(set, given, undefined)).toMatchObject({revision});
});

test.each([
	['a StatefulSet', set, {history: made(3, 2), bundles: [1], current: 3}],
	['a Deployment', deployment(), {history: [kept(2), {...kept(3), earlier: [1]}], bundles: [1], current: 3}],
])('%s returns to what was taken back only where it is named', (_, workload, given) => {
	expect(() => chooseRevision(workload, given, undefined)).toThrow(
		expect.objectContaining({
			trouble: expect.objectContaining({
				code: 'no-such-revision',
				why: 'revision 2 came later and was taken back',
				next: expect.stringMatching(/^To roll that out again all the same: mkcoa deploy rollback \w+\/web --to 2 -n \w+$/),
			}),
		}),
	);
	expect(chooseRevision(workload, given, 2)).toMatchObject({revision: 2});
});
