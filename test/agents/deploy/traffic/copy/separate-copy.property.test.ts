import fc from 'fast-check';
import {expect, test} from 'vitest';
import {separateCopy} from '../../../../../src/agents/deploy/traffic/copy/separate-copy.ts';
import {cookiePattern} from '../../../../../src/agents/deploy/traffic/dialects/dialect.ts';
import {readHeader} from '../../../../../src/agents/deploy/traffic/dialects/header-match.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import {objectAt, valueAt} from '../../../../../src/core/kube/json-at.ts';
import {fitsMap, fitsSelector} from '../../../../../src/core/kube/selector.ts';
import {deployment} from '../../../../support/kube-objects.ts';
import {service} from '../routed.ts';

const keys = ['app', 'tier', 'team', 'app.kubernetes.io/name'];
const value = fc.constantFrom('web', 'front', 'x', 'web-canary', 'v'.repeat(63));
const map = fc.dictionary(fc.constantFrom(...keys), value, {maxKeys: 4});

/** An expression that labels fit: a selector that does not is refused by every server. */
const expressionFor = (labels: {readonly [key: string]: string}) =>
	fc.tuple(fc.constantFrom(...keys), fc.array(value, {maxLength: 2}), fc.boolean()).map(([key, others, plain]): JsonObject => {
		const own = labels[key];
		if (own === undefined)
			return plain ? {key, operator: 'DoesNotExist'} : {key, operator: 'NotIn', values: others.length === 0 ? ['none'] : others};
		return plain ? {key, operator: 'Exists'} : {key, operator: 'In', values: [...others, own]};
	});

const worlds = map.chain(labels =>
	fc.record({
		labels: fc.constant(labels),
		matchLabels: fc.subarray(Object.entries(labels)).map(entries => Object.fromEntries(entries)),
		matchExpressions: fc.array(expressionFor(labels), {maxLength: 3}),
		services: fc.array(map, {maxLength: 4}),
	}),
);

test('neither the selector nor any Service finds the pods of a copy, its own does, and its terms mean itself', () => {
	fc.assert(
		fc.property(worlds, ({labels, matchLabels, matchExpressions, services}) => {
			// What is found by labels that it lacks alone may leave nothing to change: that is refused.
			const isNamed =
				Object.keys(matchLabels).length > 0 || matchExpressions.some(({operator}) => operator === 'In' || operator === 'Exists');
			fc.pre(isNamed);
			const selector = {matchLabels, matchExpressions};
			const term = {topologyKey: 'zone', labelSelector: selector};
			const spec = {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [term]}}};
			const template = {metadata: {labels}, spec};
			const workload = deployment({spec: {selector, template}});
			const all = services.map((each, index) => service(`s${index}`, each));
			const copy = separateCopy(workload, all, {suffix: 'canary', template, replicas: 1});
			expect(fitsSelector(selector, copy.labels)).toBe(false);
			for (const each of services) expect(fitsMap(each, copy.labels)).toBe(false);
			expect(fitsMap(copy.selector, copy.labels)).toBe(true);
			expect(fitsSelector(objectAt(copy.manifest, 'spec', 'selector'), copy.labels)).toBe(true);
			for (const text of Object.values(copy.labels)) expect(text.length).toBeLessThanOrEqual(63);
			const terms = objectAt(copy.manifest, 'spec', 'template', 'spec', 'affinity', 'podAntiAffinity');
			const own = (valueAt(terms, 'requiredDuringSchedulingIgnoredDuringExecution') as readonly JsonObject[])[0];
			expect(fitsSelector(own?.labelSelector, copy.labels)).toBe(true);
		}),
		{numRuns: 300},
	);
});

test.each([
	['canary=yes', true],
	['a=1; canary=yes', true],
	['canary=yes; a=1', true],
	['a=1;canary=yes ;b=2', true],
	['xcanary=yes', false],
	['canary=yes2', false],
	['a=canary=yes', false],
])('the cookie header %j: %s', (header, expected) => {
	expect(new RegExp(cookiePattern(readHeader('cookie:canary=yes'))).test(header)).toBe(expected);
});
