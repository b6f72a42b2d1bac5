import {describe, expect, test} from 'vitest';
import {serviceFaults} from '../../../src/analysis/detection/analyzers/service/service-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const service = (name: string, port = '{name: sql, port: 5432, targetPort: 15432}', more = '') => `
kind: Service
apiVersion: v1
metadata: {name: ${name}}
spec: {clusterIP: 10.0.0.9, ports: [${port}]${more}}
---`;
const slice = (name: string, labels: string, port = '{name: sql, port: 15432}', more = '') => `
kind: EndpointSlice
apiVersion: discovery.k8s.io/v1
metadata: {name: ${name}, labels: {${labels}}${more}}
addressType: IPv4
ports: [${port}]
endpoints: [{addresses: [192.0.2.9], conditions: {ready: true}}]
---`;
const of = (name: string, by = 'pipeline') => `kubernetes.io/service-name: ${name}, endpointslice.kubernetes.io/managed-by: ${by}`;
const asking = `
kind: Deployment
apiVersion: apps/v1
metadata: {name: ledger}
spec: {selector: {matchLabels: {app: ledger}}, template: {metadata: {labels: {app: ledger}}, spec: {containers: [{name: ledger, image: 'r.example/l:1', ports: [{name: http, containerPort: 8080}], env: [{name: DB, value: 'tcp://oldbase:5432'}]}]}}}
---`;
const place = 'EndpointSlice/oldbase-a metadata.labels[kubernetes.io/service-name]';

describe('an EndpointSlice made by hand', () => {
	test.each([
		['of its Service', service('oldbase') + slice('oldbase-a', of('oldbase')), []],
		[
			'of a Service that is not there',
			service('oldbase') + slice('oldbase-a', of('oldbase-db')),
			[`medium endpoint-slice-of-no-service ${place} remedy`],
		],
		[
			'of a Service that is not there, while somebody asks for the other',
			asking + service('oldbase') + slice('oldbase-a', of('basement')),
			[`high endpoint-slice-of-no-service ${place} remedy`],
		],
		[
			'whose label has another key',
			service('oldbase') + slice('oldbase-a', 'kubernetes.io/service: oldbase'),
			[`medium endpoint-slice-of-no-service ${place} remedy`],
		],
		['of a Service that went, with no other in need of it', slice('oldbase-a', of('oldbase')), []],
		[
			'of a Service that went, while the other has its own',
			service('oldbase') + slice('oldbase-a', of('gone')) + slice('oldbase-b', of('oldbase')),
			[],
		],
		[
			'of a Service that went, while the other has other ports',
			service('cache', '{name: redis, port: 6379}') + slice('oldbase-a', of('oldbase')),
			[],
		],
		['of another cluster', service('oldbase') + slice('oldbase-a', 'multicluster.kubernetes.io/service-name: oldbase'), []],
		[
			'that a controller keeps, and takes away in a moment',
			service('oldbase') +
				slice(
					'oldbase-a',
					of('gone', 'endpointslice-controller.k8s.io'),
					undefined,
					', ownerReferences: [{apiVersion: v1, kind: Service, name: gone, uid: g, controller: true}]',
				),
			[],
		],
		[
			'whose port has another name',
			service('oldbase') + slice('oldbase-a', of('oldbase'), '{name: tcp, port: 15432}'),
			['high endpoint-slice-port-differs EndpointSlice/oldbase-a ports[tcp].name remedy'],
		],
		[
			'whose port has a name, and that of the Service has none',
			service('oldbase', '{port: 5432}') + slice('oldbase-a', of('oldbase')),
			['high endpoint-slice-port-differs EndpointSlice/oldbase-a ports[sql].name remedy'],
		],
		[
			'whose port has no name, like that of the Service',
			service('oldbase', '{port: 5432}') + slice('oldbase-a', of('oldbase'), '{port: 15432}'),
			[],
		],
		[
			'without a part of the ports',
			service('oldbase', '{name: sql, port: 5432}, {name: metrics, port: 9187}') + slice('oldbase-a', of('oldbase')),
			[],
		],
		[
			'whose port has another name, while another slice has it',
			service('oldbase') + slice('oldbase-a', of('oldbase'), '{name: tcp, port: 15432}') + slice('oldbase-b', of('oldbase')),
			[],
		],
	])('%s', (_, yaml, found) => {
		expect(faultLines(serviceFaults, yaml)).toEqual(found);
	});

	test('is told of nowhere while slices, or Services, were not read', () => {
		const yaml = service('oldbase') + slice('oldbase-a', of('oldbase-db'));
		for (const kind of ['EndpointSlice', 'Service'])
			expect(faultLines(serviceFaults, yaml, {unread: [{kind, why: 'forbidden'}]})).toEqual([]);
	});

	test('is given for sure to the Service of its own name alone, and while nobody asks for the other', () => {
		const label = (name: string) => JSON.stringify({metadata: {labels: {'kubernetes.io/service-name': name}}});
		expect(surePatches(serviceFaults, service('oldbase') + slice('oldbase-a', of('oldbase-db')))).toEqual([label('oldbase')]);
		expect(surePatches(serviceFaults, service('newbase') + slice('x', of('oldbase-db')))).toEqual([]);
		expect(surePatches(serviceFaults, service('oldbase', '{name: sql, port: 5432}') + slice('oldbase-a', of('gone')))).toEqual([]);
	});
});

describe('a Service without a selector', () => {
	const http = '{name: http, port: 80, targetPort: http}';
	test.each([
		[
			'and without endpoints, of the name of a workload',
			asking + service('ledger', http),
			['medium service-without-selector Service/ledger spec.selector remedy'],
		],
		[
			'of the name of a workload, and with endpoints',
			asking + service('ledger', http) + slice('x', of('ledger'), '{name: http, port: 8443}'),
			[],
		],
		['of the name of a workload that has no such port', asking + service('ledger', '{name: sql, port: 5432}'), []],
		['of another name', asking + service('mainframe', http), []],
		['that stands for another', asking + service('ledger', http, ', type: ExternalName, externalName: x.example.com'), []],
	])('%s', (_, yaml, found) => {
		expect(faultLines(serviceFaults, yaml).filter(line => !line.includes('named-'))).toEqual(found);
	});
});
