import {describe, expect, test} from 'vitest';
import {renumberedMembers} from '../../../src/analysis/detection/analyzers/rollout/renumbered-members.ts';
import {remedies, told} from './told-in.ts';

const members = (ordinals: string, changed = '09:00') => `
apiVersion: v1
kind: Service
metadata: {name: abacus}
spec: {clusterIP: None, selector: {app: abacus}}
---
apiVersion: apps/v1
kind: StatefulSet
changed: "${changed}"
metadata: {name: abacus}
spec: {serviceName: abacus, replicas: 3${ordinals}, selector: {matchLabels: {app: abacus}}, template: {metadata: {labels: {app: abacus}}, spec: {containers: [{name: abacus}]}}}
---`;
const clerk = (leader: string, changed = '09:00') => `
apiVersion: apps/v1
kind: Deployment
changed: "${changed}"
metadata: {name: clerk}
spec: {selector: {matchLabels: {app: clerk}}, template: {metadata: {labels: {app: clerk}}, spec: {containers: [{name: clerk, env: [{name: LEADER, value: "${leader}"}]}]}}}
---`;
const fromOne = ', ordinals: {start: 1}';

describe('a member of a number that is left out', () => {
	test.each([
		['by its full name', 'http://abacus-0.abacus.shop.svc:8080'],
		['among others', 'abacus-0.abacus:7700,abacus-1.abacus:7700,abacus-2.abacus:7700'],
	])('makes the StatefulSet count from it again since that was changed, named %s', (_, leader) => {
		const yaml = members(fromOne, '09:50') + clerk(leader);
		expect(told(renumberedMembers, yaml)).toEqual(['members-numbered-anew StatefulSet/abacus spec.ordinals.start']);
		expect(remedies(renumberedMembers, yaml)).toEqual([
			'sure [{"op":"test","path":"/spec/ordinals/start","value":1},{"op":"replace","path":"/spec/ordinals/start","value":0}]',
		]);
	});

	test('is a choice where its members have claims', () => {
		const yaml =
			members(`${fromOne}, volumeClaimTemplates: [{metadata: {name: data}}]`, '09:50') + clerk('http://abacus-0.abacus.shop.svc:8080');
		expect(remedies(renumberedMembers, yaml)).toEqual([expect.stringMatching(/^choice .*start/)]);
	});

	test('is what somebody is told wrongly who was told of it later', () => {
		const yaml = members(fromOne) + clerk('http://abacus-0.abacus:8080', '09:50');
		expect(told(renumberedMembers, yaml)).toEqual([
			'members-numbered-anew Deployment/clerk spec.template.spec.containers[clerk].env[LEADER].value',
		]);
		expect(remedies(renumberedMembers, yaml)[0]).toMatch(/^choice .*"value":"http:\/\/abacus-1\.abacus:8080"/);
	});

	test('is what the StatefulSet left out where others were told of it before, whoever was released with it', () => {
		const revision = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: clerk-1, annotations: {deployment.kubernetes.io/revision: "1"}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: clerk, controller: true}]}
spec: {template: {metadata: {labels: {app: clerk}}, spec: {containers: [{name: clerk, image: "clerk:1", env: [{name: LEADER, value: "http://abacus-0.abacus:8080"}]}]}}}
---`;
		const yaml = members(fromOne, '09:50') + clerk('http://abacus-0.abacus:8080', '09:55') + revision;
		expect(told(renumberedMembers, yaml)).toEqual(['members-numbered-anew StatefulSet/abacus spec.ordinals.start']);
	});

	test.each([
		['all numbers are there', members(fromOne, '09:50') + clerk('abacus-1.abacus:7700,abacus-3.abacus:7700')],
		['it counts from 0', members('', '09:50') + clerk('abacus-0.abacus:7700')],
		['the Service is named as a whole', members(fromOne, '09:50') + clerk('abacus.shop.svc:7700')],
	])('is none where %s', (_, yaml) => {
		expect(told(renumberedMembers, yaml)).toEqual([]);
	});
});
