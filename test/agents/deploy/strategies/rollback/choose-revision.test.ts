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
])('refuses with what there is', (given, to, message) => {
	expect(() => chooseRevision(deployment(), given, to)).toThrow(message);
});
