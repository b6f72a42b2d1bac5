import {expect, test} from 'vitest';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {node, pods, told} from '../../support/consequence-world.ts';

test.each<[string, KubeObject, KubeObject, readonly string[]]>([
	['a cordon', node({}), node({unschedulable: true}), ['info: No new pod is placed on it; its 2 pods stay']],
	['an uncordon', node({unschedulable: true}), node({}), ['info: New pods may be placed on it again']],
	[
		'a taint that evicts',
		node({}),
		node({taints: [{key: 'gone', effect: 'NoExecute'}]}),
		['danger: 2 pods do not tolerate gone=:NoExecute and must leave'],
	],
])('a node: %s', (_, before, after, expected) => {
	expect(told(before, after, {pods: pods(2, {app: 'web'}, {spec: {nodeName: 'node-1'}})})).toEqual(expected);
});
