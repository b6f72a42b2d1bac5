import {expect, test} from 'vitest';
import type {JsonObject} from '../../../../src/core/json.ts';
import {deployment, object} from '../../../support/kube-objects.ts';
import {foundBy} from '../found-by.ts';

const rule = [{ports: [{port: 80}]}];
const policy = (spec: JsonObject, more: JsonObject = {}) =>
	object('networking.k8s.io/v1', 'NetworkPolicy', 'web', {spec: {podSelector: {matchLabels: {app: 'web'}}, ...spec}, ...more});

test.each([
	['both directions', policy({ingress: rule, egress: rule}), 'pass Deployment web'],
	['both, with their types', policy({ingress: rule, egress: rule, policyTypes: ['Ingress', 'Egress']}), 'pass Deployment web'],
	['a direction that its types leave out', policy({ingress: rule, egress: rule, policyTypes: ['Ingress']}), 'fail Deployment web'],
	['one direction', policy({ingress: rule}), 'fail Deployment web'],
	['pods of another label', policy({ingress: rule, egress: rule, podSelector: {matchLabels: {app: 'api'}}}), 'fail Deployment web'],
	['another namespace', policy({ingress: rule, egress: rule}, {metadata: {namespace: 'other'}}), 'fail Deployment web'],
])('a policy of %s', (_, one, said) => {
	expect(foundBy('undeclared-flows', [deployment(), one])).toEqual([said]);
});
