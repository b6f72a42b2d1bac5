import {expect, test} from 'vitest';
import {ingressFaults} from '../../../src/analysis/detection/analyzers/ingress/ingress-faults.ts';
import {faultLines} from './faults-in.ts';
import {remedies} from './told-in.ts';

const edge = (controller = 'k8s.io/ingress-nginx') => `
kind: IngressClass
apiVersion: networking.k8s.io/v1
metadata: {name: edge}
spec: {controller: ${controller}}
---`;
const mark = 'nginx.ingress.kubernetes.io';
type Shape = {name?: string; host?: string; path?: string; service?: string; namespace?: string};
const ingress = (
	annotations: string,
	{name = 'web', host = 'web.example.org', path = '/', service = name, namespace = 'shop'}: Shape = {},
) => `
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: ${name}, namespace: ${namespace}, annotations: {${annotations}}}
spec: {ingressClassName: edge, rules: [{host: '${host}', http: {paths: [{path: ${path}, pathType: Prefix, backend: {service: {name: ${service}, port: {number: 80}}}}]}}]}
---`;
const speaks = (protocol: string) => `${mark}/backend-protocol: ${protocol}`;
const applied = (annotations: string) =>
	`kubectl.kubernetes.io/last-applied-configuration: '{"metadata":{"annotations":{${annotations}}}}'`;

/** A Service and its workload, whose pods answer a probe. */
const behind = (probe: string, {target = 'main', name = 'main', ready = 'True', more = ''} = {}) => `
kind: Service
apiVersion: v1
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: ${name}, port: 80, targetPort: ${target}}${more}]}
---
kind: Deployment
apiVersion: apps/v1
metadata: {name: web}
spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'r.example/w:1', ports: [{name: main, containerPort: 8080}, {name: side, containerPort: 9090}], readinessProbe: ${probe}}]}}}
---
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: web-1, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]}
spec: {replicas: 1}
---
kind: Pod
apiVersion: v1
metadata: {name: web-1-x, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: r, controller: true}]}
spec: {containers: [{name: web}]}
status: {phase: Running, conditions: [{type: Ready, status: '${ready}'}]}
---`;
const http = (port: number | string, scheme = 'HTTP') => `{httpGet: {path: /ok, port: ${port}, scheme: ${scheme}}}`;
const grpc = '{grpc: {port: 8080}}';
/** As the server of Argo CD has it: 80 and 443 lead to one port, which sends plain clients to the encrypted side. */
const both = {more: ', {name: https, port: 443, targetPort: main}'};
const protocol = [`high ingress-protocol-differs Ingress/web metadata.annotations[${mark}/backend-protocol] remedy`];

test.each([
	['HTTPS with pods that answer plainly', ingress(speaks('HTTPS')) + behind(http('main')), protocol],
	[
		'https in small letters with them, by the number of the port',
		ingress(speaks('https')) + behind(http(8080), {target: '8080'}),
		protocol,
	],
	['nothing in particular with pods that answer encrypted', ingress('') + behind(http('main', 'HTTPS')), protocol],
	['nothing in particular with pods that answer gRPC', ingress('') + behind(grpc, {name: 'grpc'}), protocol],
	['gRPC with pods that answer plainly on a port for it', ingress(speaks('GRPC')) + behind(http('main'), {name: 'http'}), protocol],
	['plainly with pods that answer so', ingress('') + behind(http('main')), []],
	['HTTPS with pods that answer so', ingress(speaks('HTTPS')) + behind(http('main', 'HTTPS')), []],
	['gRPC with pods that answer so', ingress(speaks('GRPC')) + behind(grpc, {name: 'grpc'}), []],
	['gRPC with pods that answer both', ingress(speaks('GRPC')) + behind(http('main'), {name: 'grpc'}), []],
	['HTTPS with pods that answer plainly on another port', ingress(speaks('HTTPS')) + behind(http('side')), []],
	['HTTPS with pods that answer both on one port', ingress(speaks('HTTPS')) + behind(http(8080), both), []],
	['gRPC with pods that answer all on one port', ingress(speaks('GRPC')) + behind(http(8080), {...both, name: 'http'}), []],
	['HTTPS with pods that do not answer', ingress(speaks('HTTPS')) + behind(http('main'), {ready: 'False'}), []],
	['whatever the pods speak', ingress(speaks('AUTO_HTTP')) + behind(http('main', 'HTTPS')), []],
	['nothing, and hands through', ingress(`${mark}/ssl-passthrough: 'true'`) + behind(http('main', 'HTTPS')), []],
])('an Ingress speaks %s', (_, yaml, expected) => {
	expect(faultLines(ingressFaults, edge() + yaml)).toEqual(expected);
	expect(faultLines(ingressFaults, edge('traefik.io/ingress-controller') + yaml)).toEqual([]);
});

test('it comes to speak as the pods do, or as it did', () => {
	const patch = (to: unknown) => [`sure ${JSON.stringify({metadata: {annotations: {[`${mark}/backend-protocol`]: to}}})}`];
	const way = (annotations: string, scheme?: string) =>
		remedies(ingressFaults, edge() + ingress(annotations) + behind(http('main', scheme)));
	expect(way(speaks('HTTPS'))).toEqual(patch('HTTP'));
	expect(way('', 'HTTPS')).toEqual(patch('HTTPS'));
	expect(way(`${speaks('HTTPS')}, ${applied('')}`)).toEqual(patch(null));
});

const canary = `${mark}/canary: 'true', ${mark}/canary-weight: '10'`;
const lone = [`high canary-without-main Ingress/next metadata.annotations[${mark}/canary]`];
const next = (shape: Shape = {}, more = '') => ingress(`${canary}${more}`, {name: 'next', ...shape});

test.each([
	['beside its main one', ingress('') + next(), []],
	['of one in another namespace', ingress('', {namespace: 'bank'}) + next(), []],
	['of which there is no main one', next(), lone],
	['of another host', ingress('') + next({host: 'wbe.example.org'}), lone],
	['beside one that is a canary itself', ingress(canary) + next(), [lone[0]?.replace('next', 'web'), ...lone]],
	[
		'of another path',
		ingress('', {path: '/shop'}) + next({path: '/shp'}),
		['high canary-without-main Ingress/next spec.rules[0].http.paths[/shp].path'],
	],
	['that was switched off', ingress(canary.replace('true', 'false')), []],
	['that a wildcard may cover', ingress('', {host: '*.example.org'}) + next(), []],
])('a canary %s', (_, yaml, expected) => {
	expect(faultLines(ingressFaults, edge() + yaml).map(line => line.replace(/ \w+$/, ''))).toEqual(expected);
	expect(faultLines(ingressFaults, edge('traefik.io/ingress-controller') + yaml)).toEqual([]);
});

test('nothing is told of canaries while one namespace alone is looked at', () => {
	expect(faultLines(ingressFaults, edge() + next(), {namespace: 'shop'})).toEqual([]);
});

test('a canary gets the host of its main one, is none as it was none, or becomes one by choice', () => {
	const way = (yaml: string) => remedies(ingressFaults, edge() + yaml);
	const main = (to: unknown) => JSON.stringify({metadata: {annotations: {[`${mark}/canary`]: to}}});
	expect(way(ingress('') + next({host: 'wbe.example.org'}))).toEqual([
		expect.stringMatching(/^sure .*"path":"\/spec\/rules\/0\/host","value":"web.example.org"/),
		`choice ${main('false')}`,
	]);
	expect(way(ingress('', {path: '/shop'}) + next({path: '/shp'}))).toEqual([expect.stringMatching(/^sure .*"value":"\/shop"/)]);
	expect(way(next({}, `, ${applied('')}`))).toEqual([`sure ${main(null)}`]);
	expect(way(ingress('', {host: 'v1.example.org'}) + next({host: 'v2.example.org'}))).toEqual([
		expect.stringMatching(/^choice .*"value":"v1.example.org"/),
		`choice ${main('false')}`,
	]);
	expect(way(next())).toEqual([`choice ${main('false')}`]);
});
