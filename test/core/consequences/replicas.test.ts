import {expect, test} from 'vitest';
import {hpa, pods, service, told, type World} from '../../support/consequence-world.ts';
import {deployment} from '../../support/kube-objects.ts';

test.each<[string, number, number, World, readonly string[]]>([
	['up', 4, 6, {}, ['info: 2 pods are added (4 to 6)']],
	['down', 4, 3, {}, ['warning: 1 pod is deleted (4 to 3)']],
	[
		'against an autoscaler',
		4,
		6,
		{hpas: [hpa]},
		['warning: HorizontalPodAutoscaler web (2 to 10) owns the replicas and sets them back', 'info: 2 pods are added (4 to 6)'],
	],
	[
		'to zero behind a service',
		4,
		0,
		{pods: pods(4), services: [service()]},
		['danger: All 4 pods are deleted', 'danger: Service web has no endpoints left'],
	],
	[
		'to zero beside others',
		4,
		0,
		{pods: [...pods(4), ...pods(2, {app: 'web2', part: 'shop'})], services: [service({selector: {part: 'shop'}}, 'all'), service()]},
		['danger: All 4 pods are deleted', 'danger: Service web has no endpoints left'],
	],
	[
		'to zero with an autoscaler',
		4,
		0,
		{hpas: [hpa]},
		['danger: All 4 pods are deleted', 'warning: HorizontalPodAutoscaler web (2 to 10) stops scaling while replicas are 0'],
	],
	[
		'from zero with an autoscaler',
		0,
		2,
		{hpas: [hpa]},
		['info: 2 pods are added (0 to 2)', 'info: HorizontalPodAutoscaler web (2 to 10) takes the replicas over again'],
	],
	[
		'to zero where pods are not known',
		4,
		0,
		{services: [service()]},
		['danger: All 4 pods are deleted', 'warning: Service web loses these pods'],
	],
])('replicas %s', (_, from, to, world, expected) => {
	expect(told(deployment({replicas: from}), deployment({replicas: to}), world)).toEqual(expected);
});
