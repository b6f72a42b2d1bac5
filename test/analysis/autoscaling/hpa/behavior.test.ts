import {expect, test} from 'vitest';
import {filledBehavior} from '../../../../src/analysis/autoscaling/hpa/behavior.ts';
import {limitedByBehavior, limitedByRules, scaleDownLimit, scaleUpLimit} from '../../../../src/analysis/autoscaling/hpa/limits.ts';
import {remembering} from '../../../../src/analysis/autoscaling/hpa/normalize.ts';
import {changeWithin, type ScaleEvent} from '../../../../src/analysis/autoscaling/hpa/scale-events.ts';
import {stabilizedBoth, stabilizedDown} from '../../../../src/analysis/autoscaling/hpa/stabilize.ts';
import {tolerancesOf} from '../../../../src/analysis/autoscaling/hpa/tolerance.ts';
import {eventRows, rateRows, stableRows, windowRows} from './behavior-rows.ts';

const nowMs = Date.UTC(2026, 0, 1);
const eventsOf = (rows: readonly (readonly [number, number])[] = []): readonly ScaleEvent[] =>
	rows.map(([change, seconds]) => ({change, atMs: nowMs + seconds * 1000, isOutdated: false}));
const pastOf = (rows: readonly (readonly [number, number])[]) =>
	rows.map(([replicas, seconds]) => ({replicas, atMs: nowMs + seconds * 1000}));

/** TestConvertDesiredReplicasWithRules. */
test.each([
	{current: 5, desired: 7, minReplicas: 3, maxReplicas: 8, replicas: 7, reason: 'DesiredWithinRange'},
	{current: 3, desired: 1, minReplicas: 2, maxReplicas: 8, replicas: 2, reason: 'TooFewReplicas'},
	{current: 1, desired: 0, minReplicas: 0, maxReplicas: 10, replicas: 0, reason: 'DesiredWithinRange'},
	{current: 20, desired: 1000, minReplicas: 1, maxReplicas: 10, replicas: 10, reason: 'TooManyReplicas'},
	{current: 3, desired: 1000, minReplicas: 1, maxReplicas: 2000, replicas: 6, reason: 'ScaleUpLimit'},
])('without behavior: from $current to $desired', ({current, desired, replicas, reason, ...bounds}) => {
	expect(limitedByRules(current, desired, bounds)).toMatchObject({replicas, reason});
});

test.each(rateRows)('rates: from $current to $desired is $expected, $reason ($#)', row => {
	const behavior = filledBehavior({scaleUp: row.scaleUp, scaleDown: row.scaleDown});
	const events = {ups: eventsOf(row.ups), downs: eventsOf(row.downs)};
	const found = limitedByBehavior(row.current, row.desired, {minReplicas: row.min, maxReplicas: row.max}, behavior, events, nowMs);
	expect(found).toMatchObject({replicas: row.expected, reason: row.reason});
});

/** TestCalculateScaleUpLimitWithScalingRules and TestCalculateScaleDownLimitWithBehaviors. */
test('the smaller of two changes, where the policy is Min', () => {
	const rules = {
		stabilizationWindowSeconds: 300,
		selectPolicy: 'Min',
		policies: [
			{type: 'Pods', value: 2, periodSeconds: 60},
			{type: 'Percent', value: 50, periodSeconds: 60},
		],
	} as const;
	expect(scaleUpLimit(1, {ups: [], downs: []}, rules, nowMs)).toBe(2);
	expect(scaleDownLimit(5, {ups: [], downs: []}, rules, nowMs)).toBe(3);
});

test.each(stableRows)('one window: $desired is $expected ($#)', ({past, desired, expected, kept}) => {
	const found = stabilizedDown(pastOf(past), desired, 300_000, nowMs);
	expect([found.replicas, found.recommendations.length]).toEqual([expected, kept]);
});

test.each(windowRows)('two windows: from $current to $desired is $expected ($#)', ({past, up, down, current, desired, expected, kept}) => {
	const behavior = filledBehavior({scaleUp: {stabilizationWindowSeconds: up}, scaleDown: {stabilizationWindowSeconds: down}});
	const found = stabilizedBoth(pastOf(past), current, desired, behavior, nowMs);
	expect(found.replicas).toBe(expected);
	if (kept !== undefined) expect(found.recommendations.map(({replicas}) => replicas)).toEqual(kept);
});

test.each(eventRows)('events: $before become $after', ({before, policies, expected, after}) => {
	const given = policies && {scaleUp: {policies}, scaleDown: {policies}};
	const events = eventsOf(before);
	expect(changeWithin(events, 60, nowMs)).toBe(expected);
	const kept = (list: readonly ScaleEvent[]) => list.map(({change, isOutdated}) => [change, isOutdated]);
	expect(kept(remembering({ups: events, downs: []}, given, 10, 15, nowMs).ups)).toEqual(after);
	expect(kept(remembering({ups: [], downs: events}, given, 10, 5, nowMs).downs)).toEqual(after);
});

/** TestGenerateScaleUpRules, TestGenerateScaleDownRules (pkg/apis/autoscaling/v2/defaults_test.go), and the controller after them. */
test('what a behavior leaves out is filled in, for each direction by itself', () => {
	const down = {stabilizationWindowSeconds: 300, selectPolicy: 'Max', policies: [{type: 'Percent', value: 100, periodSeconds: 15}]};
	expect(filledBehavior({})).toEqual({
		scaleUp: {
			stabilizationWindowSeconds: 0,
			selectPolicy: 'Max',
			policies: [
				{type: 'Pods', value: 4, periodSeconds: 15},
				{type: 'Percent', value: 100, periodSeconds: 15},
			],
		},
		scaleDown: down,
	});
	const given = {selectPolicy: 'Min', policies: [{type: 'Pods', value: 1, periodSeconds: 2}], tolerance: 0.05} as const;
	expect(filledBehavior({scaleUp: given}, 60)).toEqual({
		scaleUp: {stabilizationWindowSeconds: 0, ...given},
		scaleDown: {...down, stabilizationWindowSeconds: 60},
	});
});

test('a tolerance of its own counts for its direction, where the controller lets it', () => {
	const behavior = filledBehavior({scaleUp: {tolerance: 0}, scaleDown: {}});
	expect(tolerancesOf(behavior, {tolerance: 0.1, configurableTolerance: true})).toEqual({up: 0, down: 0.1});
	expect(tolerancesOf(behavior, {tolerance: 0.1, configurableTolerance: false})).toEqual({up: 0.1, down: 0.1});
	expect(tolerancesOf(undefined, {tolerance: 0.1, configurableTolerance: true})).toEqual({up: 0.1, down: 0.1});
});
