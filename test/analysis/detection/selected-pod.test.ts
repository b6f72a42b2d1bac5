import {describe, expect, test} from 'vitest';
import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {faultLines, surePatches} from './faults-in.ts';

const ofServices: Analyzer = survey => detect(survey).incidents.flatMap(({cause}) => (cause.resource.kind === 'Service' ? [cause] : []));

const pod = (ordinal: number) => `
kind: Pod
apiVersion: v1
metadata: {name: mongo-${ordinal}, labels: {app: mongo, statefulset.kubernetes.io/pod-name: mongo-${ordinal}, apps.kubernetes.io/pod-index: '${ordinal}'}, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: mongo, uid: m, controller: true}]}
spec: {containers: [{name: mongo, image: 'm:1'}]}
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}
---`;
const set = (pods: number, env = '') => `
kind: StatefulSet
apiVersion: apps/v1
metadata: {name: mongo, generation: 1}
spec: {replicas: ${pods}, serviceName: mongo, selector: {matchLabels: {app: mongo}}, template: {metadata: {labels: {app: mongo}}, spec: {containers: [{name: mongo, image: 'm:1', ports: [{containerPort: 27017}], envFrom: [{configMapRef: {name: roles}}], env: [${env}]}]}}}
status: {observedGeneration: 1, replicas: ${pods}, readyReplicas: ${pods}, availableReplicas: ${pods}, updatedReplicas: ${pods}, currentReplicas: ${pods}, currentRevision: a, updateRevision: a}
---
kind: Service
apiVersion: v1
metadata: {name: mongo}
spec: {clusterIP: None, selector: {app: mongo}, ports: [{port: 27017}]}
---${Array.from({length: pods}, (_, ordinal) => pod(ordinal)).join('')}`;
const roles = (data: string) => `
kind: ConfigMap
apiVersion: v1
metadata: {name: roles}
data: {${data}}
---`;
const service = (name: string, selector: string) => `
kind: Service
apiVersion: v1
metadata: {name: ${name}}
spec: {clusterIP: 10.0.0.3, selector: {${selector}}, ports: [{port: 27017}]}
---`;
const named = (name: string) => `app: mongo, statefulset.kubernetes.io/pod-name: ${name}`;
const label = 'spec.selector[statefulset.kubernetes.io/pod-name]';
const none = roles('LEVEL: info');

describe('a Service that selects one pod of a StatefulSet', () => {
	test.each([
		['that is there', none + set(3) + service('mongo-leader', named('mongo-2')), []],
		['that is about to come', none + set(3).replace(pod(2), '') + service('mongo-leader', named('mongo-2')), []],
		[
			'beyond the last',
			none + set(3) + service('mongo-leader', named('mongo-3')),
			[`high selector-fits-no-pod Service/mongo-leader ${label} remedy`],
		],
		[
			'that went, and is named after it',
			none + set(2) + service('mongo-2', named('mongo-2')),
			[`high selector-fits-no-pod Service/mongo-2 ${label} none`],
		],
		[
			'by a word that nobody knows',
			none + set(2) + service('mongo-audit', named('mongo-7')),
			[`high selector-fits-no-pod Service/mongo-audit ${label} none`],
		],
		[
			'with another label that is wrong',
			none + set(2) + service('mongo-leader', 'app: mogno, statefulset.kubernetes.io/pod-name: mongo-1'),
			['high selector-fits-no-pod Service/mongo-leader spec.selector.app remedy'],
		],
	])('%s', (_, yaml, found) => {
		expect(faultLines(ofServices, yaml)).toEqual(found);
	});

	const patch = (selector: {readonly [key: string]: string}) => [JSON.stringify({spec: {selector}})];
	const toPod = (name: string) => patch({app: 'mongo', 'statefulset.kubernetes.io/pod-name': name});
	test.each([
		['a setting names', roles('LEADER: mongo-1') + set(3) + service('mongo-leader', named('mongo-3')), toPod('mongo-1')],
		[
			'a variable names by its host',
			none + set(3, "{name: MONGO_PRIMARY, value: 'mongo-2.mongo:27017'}") + service('mongo-leader', named('mongo-3')),
			toPod('mongo-2'),
		],
		['the Service is named after', none + set(3) + service('mongo-1', named('mongo-4')), toPod('mongo-1')],
		['nearly has that name', none + set(3) + service('mongo-leader', named('mogno-1')), toPod('mongo-1')],
		[
			'is counted by its number',
			roles('leader: mongo-1') + set(2) + service('mongo-leader', "app: mongo, apps.kubernetes.io/pod-index: '2'"),
			patch({app: 'mongo', 'apps.kubernetes.io/pod-index': '1'}),
		],
		['settings disagree about', roles('LEADER: mongo-1, OLD_LEADER: mongo-0') + set(3) + service('mongo-leader', named('mongo-3')), []],
		['nobody names', roles('PORT: mongo-1') + set(3) + service('mongo-leader', named('mongo-3')), []],
	])('is led for sure to the pod that %s', (_, yaml, patches) => {
		expect(surePatches(ofServices, yaml)).toEqual(patches);
	});
});
