import {expect, test} from 'vitest';
import {staleAddresses} from '../../../src/analysis/detection/analyzers/service/stale-addresses.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';

const service = (name: string, ip: string, {port = 5432, made = '2026-11-27T08:00:00Z', more = ''} = {}) => `
kind: Service
apiVersion: v1
metadata: {name: ${name}, creationTimestamp: ${made}}
spec: {clusterIP: ${ip}, ports: [{port: ${port}}]${more}}
---`;
const range =
	service('kubernetes', '10.96.0.1', {port: 443}) +
	service('web', '10.96.201.17', {port: 80}) +
	service('cache', '10.96.40.8', {port: 6379});
const ledger = (made: string) => service('ledger', '10.96.77.77', {made});
const late = ledger('2026-11-27T09:50:00Z');
const asks = (env: string, more = '') => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: orders}
spec: {replicas: 1, selector: {matchLabels: {app: orders}}, template: {metadata: {labels: {app: orders}}, spec: {containers: [{name: orders, image: o, env: [${env}]}]${more}}}}
---`;
const told = (value: string, name = 'LEDGER_URL') => asks(`{name: ${name}, value: '${value}'}`);
const found = (way: string, name = 'LEDGER_URL') => [
	`high address-of-no-service Deployment/orders spec.template.spec.containers[orders].env[${name}].value ${way}`,
];
const url = 'postgres://10.96.3.4:5432/books';

test.each([
	['that a Service had before it was made anew', range + late + told(url), found('remedy')],
	['that a Service has', range + late + told('postgres://10.96.77.77:5432/books'), []],
	['of a Service that has no such port', range + late + told('10.96.40.8:5432', 'DB'), found('remedy', 'DB')],
	['where no Service is younger', range + ledger('2026-11-27T08:00:00Z') + told(url), found('remedy')],
	['where no Service answers at the port', range + told('10.96.3.4:9999', 'DB'), found('none', 'DB')],
	['of the world outside', range + late + told('postgres://203.0.113.9:5432/books'), []],
	['of a company beside the cluster', range + late + told('postgres://10.20.3.4:5432/books'), []],
	['of a block', range + late + told('10.96.0.0/16', 'PEERS'), []],
	['that is not to be asked by a proxy', range + late + told('10.96.3.4', 'NO_PROXY'), []],
	['that is a version', range + late + told('10.96.3.4', 'AGENT_VERSION'), []],
	['where few Services tell the range', late + told(url), []],
	['whose port stands elsewhere', range + late + told('10.96.3.4', 'DB_HOST'), found('remedy', 'DB_HOST')],
	['whose port stands elsewhere, of no Service that came after it', range + told('10.96.3.4', 'DB_HOST'), found('none', 'DB_HOST')],
	[
		'of the hosts file',
		range + late + asks('', ', hostAliases: [{ip: 10.96.3.4, hostnames: [ledger]}]'),
		['high address-of-no-service Deployment/orders spec.template.spec.hostAliases[0].ip remedy'],
	],
])('an address %s', (_, yaml, lines) => {
	expect(faultLines(staleAddresses, yaml)).toEqual(lines);
});

test('a ConfigMap that names a Service beside its old address', () => {
	const yaml = `${range}${late}${service('books', '10.96.1.9', {made: '2026-11-27T09:50:00Z'})}${asks('', ', volumes: [{name: c, configMap: {name: proxy}}]')}
kind: ConfigMap
apiVersion: v1
metadata: {name: proxy}
data: {proxy.conf: "timeout 5\\nbackend ledger 10.96.3.4:5432\\nallow 10.96.9.9\\n"}
`;
	const [cause, ...others] = staleAddresses(surveyIn(yaml));
	expect(others).toEqual([]);
	expect([cause?.resource.kind, cause?.path, cause?.remedies.map(({sure}) => sure)]).toEqual(['ConfigMap', 'data.proxy.conf', [true]]);
	expect(JSON.stringify(cause?.remedies[0]?.writes)).toContain('backend ledger ledger:5432\\nallow 10.96.9.9');
});

test('is exchanged for the name of the Service that came after it', () => {
	expect(surePatches(staleAddresses, range + late + told(url)).map(each => JSON.parse(each)[1].value)).toEqual([
		'postgres://ledger:5432/books',
	]);
	// Whoever was there when the setting was written had another address all the time.
	expect(surePatches(staleAddresses, range + ledger('2026-11-27T08:00:00Z') + told(url))).toEqual([]);
});

const pods = `
kind: Node
apiVersion: v1
metadata: {name: n1}
spec: {podCIDR: 10.244.1.0/24}
---
kind: Pod
apiVersion: v1
metadata: {name: ledger-0}
spec: {containers: []}
status: {podIP: 10.244.1.7}
---`;

test.each([
	['that a pod had', '10.244.1.9:5432', found('remedy', 'DB')],
	['that a pod has', '10.244.1.7:5432', []],
	['of the gateway of a node', '10.244.1.1:5432', []],
])('an address %s', (_, address, lines) => {
	expect(faultLines(staleAddresses, range + late + pods + told(address, 'DB'))).toEqual(lines);
});

test('no other Service is guessed for an address where neither its name nor a port is said', () => {
	const other = service('frontend', '10.96.8.8', {port: 80, made: '2026-11-27T09:50:00Z'});
	expect(faultLines(staleAddresses, range + other + told('10.96.3.4', 'DB_HOST'))).toEqual(found('remedy', 'DB_HOST'));
	expect(surePatches(staleAddresses, range + other + told('10.96.3.4', 'DB_HOST'))).toEqual([]);
});

test('a Service that was changed after the setting was written has had its address all the time', () => {
	const changed = ledger('2026-11-27T08:00:00Z').replace('apiVersion: v1', 'apiVersion: v1\nchanged: 5');
	expect(surePatches(staleAddresses, range + changed + told(url))).toEqual([]);
});

test('an address that a Service of another namespace may have', () => {
	expect(faultLines(staleAddresses, range + late + told(url), {namespace: 'shop'})).toEqual([]);
});

test('an address of pods that nobody looked at', () => {
	expect(faultLines(staleAddresses, range + late + pods + told('10.244.1.9:5432', 'DB'), {namespace: 'shop'})).toEqual([]);
});
