import {describe, expect, test} from 'vitest';
import {serviceFaults} from '../../../src/analysis/detection/analyzers/service/service-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const both = '[{name: grpc, containerPort: 50051}, {name: admin, containerPort: 9901}]';

const workload = (ports = both, name = 'router', changed = '') => `
kind: Deployment
apiVersion: apps/v1
${changed}
metadata: {name: ${name}}
spec: {selector: {matchLabels: {app: router}}, template: {metadata: {labels: {app: router, track: ${name}}}, spec: {containers: [{name: router, image: 'r.example/router:1', ports: ${ports}}]}}}
---`;
const service = (ports: string, changed = '') => `
kind: Service
apiVersion: v1
${changed}
metadata: {name: router}
spec: {clusterIP: 10.0.0.7, selector: {app: router}, ports: ${ports}}
---`;
const told = (first: string, severity = 'high') => [
	`${severity} service-ports-crossed Service/router spec.ports[${first}].targetPort remedy`,
];

const swapped = service('[{name: grpc, port: 80, targetPort: admin}, {name: admin, port: 81, targetPort: grpc}]');

describe('ports of a Service', () => {
	test.each([
		[
			'that lead to those of their names',
			workload() + service('[{name: grpc, port: 80, targetPort: grpc}, {name: admin, port: 81, targetPort: 9901}]'),
			[],
		],
		['that lead to those of each other', workload() + swapped, told('grpc')],
		[
			'that lead to those of each other by number',
			workload() + service('[{name: admin, port: 81, targetPort: 50051}, {name: grpc, port: 80, targetPort: 9901}]'),
			told('admin'),
		],
		[
			'that lead round in a circle of three',
			workload('[{name: a, containerPort: 1}, {name: b, containerPort: 2}, {name: c, containerPort: 3}]') +
				service('[{name: a, port: 11, targetPort: b}, {name: b, port: 12, targetPort: c}, {name: c, port: 13, targetPort: a}]'),
			told('a'),
		],
		[
			'of which only the numbers tell whose they are',
			workload('[{containerPort: 3000}, {containerPort: 3001}]') +
				service('[{name: web, port: 3000, targetPort: 3001}, {name: live, port: 3001, targetPort: 3000}]'),
			told('web'),
		],
		[
			'of which one leads to the own of the other, and that one to what is left',
			workload('[{containerPort: 3000}, {name: metrics, containerPort: 9464}]') +
				service('[{name: web, port: 80, targetPort: 9464}, {name: metrics, port: 9464, targetPort: 3000}]'),
			told('web'),
		],
		['of two tracks of one application', workload() + workload(both, 'router-canary') + swapped, told('grpc')],
		[
			'of two tracks that list their ports the other way round',
			workload() + workload('[{name: grpc, containerPort: 9901}, {name: admin, containerPort: 9901}]', 'router-canary') + swapped,
			[],
		],
		[
			'that come from a load balancer which ends TLS',
			workload('[{name: http, containerPort: 80}, {name: https, containerPort: 443}, {name: tohttps, containerPort: 2443}]') +
				service('[{name: http, port: 80, targetPort: tohttps}, {name: https, port: 443, targetPort: http}]'),
			[],
		],
		[
			'that all lead to the proxy before the program',
			workload('[{name: http, containerPort: 8080}, {name: proxy, containerPort: 4180}]') +
				service('[{name: http, port: 80, targetPort: proxy}, {name: proxy, port: 4180, targetPort: proxy}]'),
			[],
		],
		[
			'of one number for two protocols',
			workload('[{name: dns, containerPort: 53, protocol: UDP}, {name: dns-tcp, containerPort: 53}]') +
				service('[{name: dns, port: 53, protocol: UDP, targetPort: 53}, {name: dns-tcp, port: 53, targetPort: 53}]'),
			[],
		],
		[
			'whose pods list none',
			workload('[]') + service('[{name: grpc, port: 80, targetPort: 9901}, {name: admin, port: 81, targetPort: 50051}]'),
			[],
		],
	])('%s', (_, yaml, found) => {
		expect(faultLines(serviceFaults, yaml)).toEqual(found);
	});

	test('are led back by name, and for sure only where the Service was not there first', () => {
		expect(surePatches(serviceFaults, workload() + swapped)).toEqual([
			JSON.stringify([
				{op: 'test', path: '/spec/ports/0/targetPort', value: 'admin'},
				{op: 'replace', path: '/spec/ports/0/targetPort', value: 'grpc'},
				{op: 'test', path: '/spec/ports/1/targetPort', value: 'grpc'},
				{op: 'replace', path: '/spec/ports/1/targetPort', value: 'admin'},
			]),
		]);
		const renamed = workload(both, 'router', 'changed: 2');
		expect(
			surePatches(
				serviceFaults,
				renamed + service('[{name: grpc, port: 80, targetPort: 9901}, {name: admin, port: 81, targetPort: 50051}]', 'changed: 50'),
			),
		).toEqual([]);
	});
});
