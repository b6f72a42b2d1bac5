import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {splitShares, splitWhole} from '../../../../src/agents/deploy/traffic/dialects/split-weights.ts';
import {trafficOf} from '../../../../src/agents/deploy/traffic/traffic-of.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {gateway, ref, service, to, virtual, web, world, written} from './routed.ts';

const percent = fc.integer({min: 0, max: 100});
const names = fc.constantFrom('web', 'web', 'shop', 'cart');
const maybeWeight = (most: number) => fc.option(fc.integer({min: 0, max: most}), {nil: undefined});

const backendRefs = fc
	.array(fc.tuple(names, fc.oneof(maybeWeight(10), maybeWeight(1_000_000))), {minLength: 0, maxLength: 5})
	.map(list => [ref('web', 2), ...list.map(([name, weight]) => ref(name, weight))]);
const gatewayRoute = fc.array(backendRefs, {minLength: 1, maxLength: 3}).map(rules => gateway(rules.map(list => ({backendRefs: list}))));

/** Destinations that add up to 100, as older Istio wants it, or do not. */
const destinations = fc
	.array(fc.tuple(names, maybeWeight(100)), {minLength: 0, maxLength: 3})
	.chain(list => fc.boolean().map(isWhole => ({list, isWhole})))
	.map(({list, isWhole}) => {
		const others = list.map(([name, weight]) => to(name, Math.floor((weight ?? 0) / 4)));
		const sum = list.reduce((total, [, weight]) => total + Math.floor((weight ?? 0) / 4), 0);
		return [to('web', isWhole ? 100 - sum : 3), ...others];
	});
const virtualRoute = fc.array(destinations, {minLength: 1, maxLength: 3}).map(rules => virtual(rules.map(route => ({route}))));

const options = fc.record({header: fc.constantFrom(undefined, 'x-canary=always'), mirror: fc.constantFrom(undefined, 10, 100)});

describe.each([
	['HTTPRoute', gatewayRoute],
	['VirtualService', virtualRoute],
] as readonly (readonly [string, fc.Arbitrary<KubeObject>])[])('%s', (_, routes) => {
	test('whatever weights came before, one write gives the same, and the way back brings the very rules that were', () => {
		fc.assert(
			fc.property(routes, options, fc.array(percent, {minLength: 1, maxLength: 4}), (route, extras, steps) => {
				const {toWeight, restore} = trafficOf(world(service(), route), web, extras);
				const last = steps.at(-1) ?? 0;
				const walked = steps.reduce((object, step) => written(object, toWeight(step)) as KubeObject, route);
				expect(walked).toEqual(written(route, toWeight(last)));
				expect(written(walked, toWeight(last))).toEqual(walked);
				expect(written(walked, restore)).toEqual(route);
				expect(written(route, restore)).toEqual(route);
			}),
		);
	});
});

const backends = (most: number) =>
	fc
		.array(fc.record({weight: fc.integer({min: 0, max: most}), isStable: fc.boolean()}), {minLength: 1, maxLength: 6})
		.map(list => [{weight: 1 + (list[0]?.weight ?? 0), isStable: true}, ...list]);

test('shares: whole weights within the limit, the canary gets its part, and the others keep theirs', () => {
	fc.assert(
		fc.property(fc.oneof(backends(20), backends(999_999)), percent, (list, part) => {
			const splits = splitShares(list, part);
			const all = splits.flatMap(({own, canary}) => [own, canary ?? 0]);
			for (const weight of all) expect(Number.isInteger(weight) && weight >= 0 && weight <= 1_000_000).toBe(true);
			const before = list.reduce((sum, {weight}) => sum + weight, 0);
			const after = all.reduce((sum, weight) => sum + weight, 0);
			const stable = list.reduce((sum, {weight, isStable}) => sum + (isStable ? weight : 0), 0);
			const canary = splits.reduce((sum, split) => sum + (split.canary ?? 0), 0);
			// A rounded weight is at most one off, of a sum that is a million or more where anything is rounded.
			expect(Math.abs(canary / after - (stable * part) / 100 / before)).toBeLessThan(1.5e-5);
			for (const [index, {weight, isStable}] of list.entries())
				if (!isStable) expect(Math.abs((splits[index]?.own ?? 0) / after - weight / before)).toBeLessThan(1.5e-5);
			expect(splits.every(({canary}, index) => (canary === undefined) === !list[index]?.isStable)).toBe(true);
			if (part === 0) expect(canary).toBe(0);
		}),
	);
});

test('whole weights: the sum stays, the others keep theirs, and the canary is within one of its part', () => {
	fc.assert(
		fc.property(backends(30), percent, (list, part) => {
			const splits = splitWhole(list, part);
			const sum = (of: readonly number[]) => of.reduce((total, weight) => total + weight, 0);
			const stable = sum(list.map(({weight, isStable}) => (isStable ? weight : 0)));
			const canary = sum(splits.map(split => split.canary ?? 0));
			expect(sum(splits.map(({own, canary}) => own + (canary ?? 0)))).toBe(sum(list.map(({weight}) => weight)));
			expect(splits.every(({own, canary}) => Number.isInteger(own) && own >= 0 && (canary ?? 0) >= 0)).toBe(true);
			for (const [index, {weight, isStable}] of list.entries()) if (!isStable) expect(splits[index]?.own).toBe(weight);
			expect(Math.abs(canary - (stable * part) / 100)).toBeLessThan(1);
			if (part > 0 && part < 100 && stable >= 2) expect(canary > 0 && canary < stable).toBe(true);
		}),
	);
});
