import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {claim, stateful, told} from '../../support/consequence-world.ts';
import {deployment, object} from '../../support/kube-objects.ts';

const binding = (role: string) =>
	object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'b', {roleRef: {kind: 'ClusterRole', name: role}, subjects: []});
const frozen = (data: JsonObject) => object('v1', 'ConfigMap', 'c', {immutable: true, data});
const job = (image: string) => object('batch/v1', 'Job', 'j', {spec: {template: {spec: {containers: [{name: 'j', image}]}}}});

test.each<[string, KubeObject, KubeObject, string]>([
	[
		'the selector of a Deployment',
		deployment(),
		deployment({spec: {selector: {matchLabels: {app: 'x'}}}}),
		'spec.selector.matchLabels.app cannot be changed in place: Deployment shop/web must be deleted and made again',
	],
	[
		'the service name of a StatefulSet',
		stateful({serviceName: 'a'}, 'a:1'),
		stateful({serviceName: 'b'}, 'a:1'),
		'spec.serviceName cannot be changed in place: StatefulSet shop/db must be deleted and made again',
	],
	[
		'the template of a Job',
		job('r.io/a:1'),
		job('r.io/a:2'),
		'spec.template.spec.containers[name=j].image cannot be changed in place: Job shop/j must be deleted and made again',
	],
	[
		'the class of a claim',
		claim({storageClassName: 'a'}),
		claim({storageClassName: 'b'}),
		'spec.storageClassName cannot be changed in place: PersistentVolumeClaim shop/data must be deleted and made again',
	],
	[
		'the role of a binding',
		binding('view'),
		binding('edit'),
		'roleRef.name cannot be changed in place: RoleBinding shop/b must be deleted and made again',
	],
	[
		'an immutable ConfigMap',
		frozen({a: '1'}),
		frozen({a: '2'}),
		'data.a cannot be changed in place: ConfigMap shop/c must be deleted and made again',
	],
	[
		'the command of a Pod',
		object('v1', 'Pod', 'p', {spec: {containers: [{name: 'a', args: ['1']}]}}),
		object('v1', 'Pod', 'p', {spec: {containers: [{name: 'a', args: ['2']}]}}),
		'spec.containers[name=a].args cannot be changed in place: Pod shop/p must be deleted and made again',
	],
])('cannot change %s in place', (_, before, after, text) => {
	expect(told(before, after)).toContain(`danger: ${text}`);
});

test.each<[string, KubeObject, KubeObject]>([
	[
		'the image of a Pod',
		object('v1', 'Pod', 'p', {spec: {containers: [{name: 'a', image: 'r.io/a:1'}]}}),
		object('v1', 'Pod', 'p', {spec: {containers: [{name: 'a', image: 'r.io/a:2'}]}}),
	],
	['the size of a claim', claim({resources: {requests: {storage: '1Gi'}}}), claim({resources: {requests: {storage: '2Gi'}}})],
	['the partition of a StatefulSet', stateful({}, 'a:1'), stateful({updateStrategy: {rollingUpdate: {partition: 1}}}, 'a:1')],
])('can change %s in place', (_, before, after) => {
	expect(told(before, after).filter(text => text.includes('in place'))).toEqual([]);
});
