import {expect, test} from 'vitest';
import {riskOf} from '../../../src/core/consequences/consequences.ts';
import type {Consequence} from '../../../src/core/plan.ts';
import {pods, service, told} from '../../support/consequence-world.ts';
import {deployment} from '../../support/kube-objects.ts';

const say = (severity: Consequence['severity']): Consequence => ({id: severity, severity, text: severity});

test.each([
	[[say('danger'), say('warning')], 'change', {level: 'high', reasons: ['danger']}],
	[[say('warning'), say('info'), say('warning')], 'change', {level: 'medium', reasons: ['warning']}],
	[[say('info')], 'change', {level: 'low', reasons: []}],
	[[], 'destructive', {level: 'medium', reasons: ['What it takes away does not come back by itself']}],
] as const)('%j of a %s is a risk of %j', (consequences, effect, risk) => {
	expect(riskOf(consequences, effect)).toEqual(risk);
});

test('the gravest consequence comes first', () => {
	const after = deployment({replicas: 0, container: {image: 'registry.example.com/shop/web:latest'}});
	expect(told(deployment(), after, {pods: pods(4), services: [service()]}).map(text => text.split(':')[0])).toEqual([
		'danger',
		'danger',
		'warning',
		'info',
	]);
});
