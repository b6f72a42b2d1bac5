import {expect, test} from 'vitest';
import {serviceFaults} from '../../../src/analysis/detection/analyzers/service/service-faults.ts';
import {remedies, told} from './told-in.ts';

const applied = (what: unknown) => `kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify(what)}'`;
const balancer = (ranges: string, type = 'LoadBalancer', annotations = '') => `
apiVersion: v1
kind: Service
metadata: {name: web, annotations: {${annotations}}}
spec: {type: ${type}, clusterIP: 10.0.0.9, loadBalancerSourceRanges: [${ranges}], ports: [{port: 80}]}
status: {loadBalancer: {ingress: [{ip: 203.0.113.7}]}}
---`;
const key = 'nginx.ingress.kubernetes.io/whitelist-source-range';
const ingress = (ranges: string, annotations = '') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, annotations: {${key}: '${ranges}'${annotations}}}
spec: {}
---`;
const ofService = ['ranges-let-nobody-in Service/web spec.loadBalancerSourceRanges (low)'];
const ofIngress = [`ranges-let-nobody-in Ingress/web metadata.annotations[${key}] (low)`];

test.each([
	['one address that is none', balancer('0.0.0.0/32'), ofService],
	[
		'nobody since a while',
		balancer('0.0.0.0/32').replace('metadata', 'changed: 5\nmetadata'),
		ofService.map(line => line.replace('low', 'high')),
	],
	['a part of the network of none', balancer('0.0.0.0/8, 0.0.0.0/16'), ofService],
	['everybody', balancer('0.0.0.0/0'), []],
	['half of everybody', balancer('0.0.0.0/1, 128.0.0.0/1'), []],
	['one address beside it', balancer('0.0.0.0/32, 198.51.100.4/32'), []],
	['what counts for load balancers alone', balancer('0.0.0.0/32', 'ClusterIP'), []],
	['nobody, of an Ingress', ingress('0.0.0.0/32'), ofIngress],
	['offices, of an Ingress', ingress('198.51.100.0/24,10.0.0.0/8'), []],
	['no range, of an Ingress', ingress(''), []],
])('clients are let in from %s', (_, yaml, expected) => {
	expect(told(serviceFaults, yaml).filter(line => line.startsWith('ranges'))).toEqual(expected);
});

test('a person lets in again who was let in before, or everybody', () => {
	const former = applied({spec: {loadBalancerSourceRanges: ['198.51.100.0/24']}});
	expect(remedies(serviceFaults, balancer('0.0.0.0/32', 'LoadBalancer', former))).toEqual([
		expect.stringMatching(/^choice .*"value":\["198.51.100.0\/24"\]/),
	]);
	expect(remedies(serviceFaults, balancer('0.0.0.0/32'))).toEqual([expect.stringMatching(/^choice .*"value":\["0.0.0.0\/0"\]/)]);
	expect(remedies(serviceFaults, ingress('0.0.0.0/32', `, ${applied({metadata: {annotations: {[key]: '10.0.0.0/8'}}})}`))).toEqual([
		`choice ${JSON.stringify({metadata: {annotations: {[key]: '10.0.0.0/8'}}})}`,
	]);
});
