import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {pods, reading, told, user, type World} from '../../support/consequence-world.ts';
import {object} from '../../support/kube-objects.ts';

const config = (data: JsonObject) => object('v1', 'ConfigMap', 'settings', {data});
const mounting = (mount: JsonObject = {}) =>
	user('web', {
		volumes: [{name: 'v', configMap: {name: 'settings'}}],
		containers: [{name: 'a', volumeMounts: [{name: 'v', mountPath: '/x', ...mount}]}],
	});

test.each<[string, KubeObject, KubeObject | null, World, readonly string[]]>([
	[
		'that is mounted',
		config({a: '1'}),
		config({a: '2'}),
		{pods: [mounting()]},
		['info: 1 pod of Deployment web mounts it and sees the new content within about a minute'],
	],
	[
		'that is read at the start',
		config({a: '1'}),
		config({a: '2'}),
		{pods: [reading, reading]},
		['warning: 2 pods of Deployment api read it at the start and see nothing of this before a restart'],
	],
	[
		'that is mounted by subPath',
		config({a: '1'}),
		config({a: '2'}),
		{pods: [mounting({subPath: 'a'})]},
		['warning: 1 pod of Deployment web reads it at the start and sees nothing of this before a restart'],
	],
	['that nobody uses', config({a: '1'}), config({a: '2'}), {pods: pods(2)}, ['info: No running pod uses it']],
	['that goes', config({a: '1'}), null, {pods: [reading]}, ['danger: 1 pod of Deployment api uses it: new pods do not start without it']],
	['of which pods are not known', config({a: '1'}), config({a: '2'}), {}, []],
])('a ConfigMap %s', (_, before, after, world, expected) => {
	expect(told(before, after, world)).toEqual(expected);
});
