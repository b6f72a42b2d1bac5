import {expect, test} from 'vitest';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {daemon, newer, pdb, rolling, stateful, told, type World} from '../../support/consequence-world.ts';
import {deployment} from '../../support/kube-objects.ts';

test.each<[string, KubeObject, KubeObject, World, readonly string[]]>([
	['rolls by the defaults', deployment(), newer(), {}, ['info: 4 pods restart: at most 1 more run at once, at least 3 stay ready']],
	[
		'rounds surge up and unavailable down',
		deployment({replicas: 10, spec: rolling('15%', '15%')}),
		newer({replicas: 10, spec: rolling('15%', '15%')}),
		{},
		['info: 10 pods restart: at most 2 more run at once, at least 9 stay ready'],
	],
	[
		'never stands still',
		deployment({spec: rolling(0, 0)}),
		newer({spec: rolling(0, 0)}),
		{},
		['info: 4 pods restart: at most 0 more run at once, at least 3 stay ready'],
	],
	[
		'warns when none stays',
		deployment({replicas: 1, spec: rolling(0, 1)}),
		newer({replicas: 1, spec: rolling(0, 1)}),
		{},
		['danger: 1 pod restarts: at most 0 more run at once, at least 0 stay ready'],
	],
	[
		'stops all to recreate',
		deployment({spec: {strategy: {type: 'Recreate'}}}),
		newer({spec: {strategy: {type: 'Recreate'}}}),
		{},
		['danger: All 4 pods stop before new ones start'],
	],
	[
		'waits while paused',
		deployment({spec: {paused: true}}),
		newer({spec: {paused: true}}),
		{},
		['info: The rollout is paused: no pod restarts before it is resumed'],
	],
	[
		'restarts nothing at zero',
		deployment({replicas: 0}),
		newer({replicas: 0}),
		{},
		['info: No pod runs: the new template counts for the next ones'],
	],
	[
		'names a budget',
		deployment(),
		newer(),
		{pdbs: [pdb(1)]},
		['info: 4 pods restart: at most 1 more run at once, at least 3 stay ready', 'info: PodDisruptionBudget web allows 1 disruption now'],
	],
	[
		'warns of an empty budget',
		deployment(),
		newer(),
		{pdbs: [pdb(0)]},
		[
			'warning: PodDisruptionBudget web allows no disruption now: an eviction is refused',
			'info: 4 pods restart: at most 1 more run at once, at least 3 stay ready',
		],
	],
	[
		'a StatefulSet goes one by one',
		stateful({}, 'a:1'),
		stateful({}, 'a:2'),
		{},
		['info: 3 pods restart one by one, the last ordinal first: at least 2 stay ready'],
	],
	[
		'a partition holds the lower ordinals',
		stateful({updateStrategy: {rollingUpdate: {partition: 2}}}, 'a:1'),
		stateful({updateStrategy: {rollingUpdate: {partition: 2}}}, 'a:2'),
		{},
		['info: 1 pod restarts one by one, the last ordinal first, those from ordinal 2 (partition): at least 2 stay ready'],
	],
	[
		'a StatefulSet may wait for deletes',
		stateful({updateStrategy: {type: 'OnDelete'}}, 'a:1'),
		stateful({updateStrategy: {type: 'OnDelete'}}, 'a:2'),
		{},
		['info: No pod restarts by itself (OnDelete): each takes the new template when it is deleted'],
	],
	[
		'a lone StatefulSet pod leaves a gap',
		stateful({replicas: 1}, 'a:1'),
		stateful({replicas: 1}, 'a:2'),
		{},
		['danger: 1 pod restarts one by one, the last ordinal first: at least 0 stay ready'],
	],
	[
		'a DaemonSet goes node by node',
		daemon({}, 'a:1'),
		daemon({}, 'a:2'),
		{},
		['info: 10 pods restart, one per node: at most 1 at a time is away'],
	],
	[
		'a DaemonSet rounds up',
		daemon({updateStrategy: {rollingUpdate: {maxUnavailable: '15%'}}}, 'a:1'),
		daemon({updateStrategy: {rollingUpdate: {maxUnavailable: '15%'}}}, 'a:2'),
		{},
		['info: 10 pods restart, one per node: at most 2 at a time are away'],
	],
])('a new template %s', (_, before, after, world, expected) => {
	expect(told(before, after, world)).toEqual(expected);
});
