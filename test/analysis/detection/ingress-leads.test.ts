import {expect, test} from 'vitest';
import {hostsWithoutTls} from '../../../src/analysis/detection/analyzers/ingress/hosts-without-tls.ts';
import {rewriteFaults} from '../../../src/analysis/detection/analyzers/ingress/rewrite-groups.ts';
import {weightlessRoutes} from '../../../src/analysis/detection/analyzers/ingress/weightless-routes.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {object} from '../../support/kube-objects.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';
import {foundBy, survey} from './found-in.ts';

const key = 'nginx.ingress.kubernetes.io/rewrite-target';
const applied = (before: object) => `, kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify(before)}'`;
const ingress = (target: string, path: string, {more = '', type = 'Prefix', by = 'nginx'} = {}) => `
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: web, annotations: {${key}: ${target}${more}}}
spec: {ingressClassName: ${by}, rules: [{host: a.example, http: {paths: [{path: ${path}, pathType: ${type}, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---`;
const short = (path: string) => [`high ingress-rewrite-of-no-group Ingress/web spec.rules[0].http.paths[${path}].path remedy`];

test.each([
	['takes what its path does not have', ingress('/$2', '/api'), short('/api')],
	['takes one group of none', ingress('/$1', '/api'), short('/api')],
	['takes a group of its path', ingress('/$2', "'/api(/|$)(.*)'"), []],
	['takes nothing', ingress('/', '/api'), []],
	['another controller does not read', ingress('/$2', '/api', {by: 'traefik'}), []],
	['takes nothing of the one place that is meant', ingress('/$1', '/', {type: 'Exact'}), []],
])('a rewrite that %s', (_, yaml, found) => {
	expect(faultLines(rewriteFaults, yaml)).toEqual(found);
});

test('a rewrite is set right by what was applied, or by a person', () => {
	expect(surePatches(rewriteFaults, ingress('/$2', '/api'))).toEqual([]);
	expect(
		rewriteFaults(surveyIn(ingress('/$2', '/api'))).flatMap(({remedies}) => remedies.map(({input}) => String(input.patch)))[0],
	).toContain('"path":"/spec/rules/0/http/paths/0/path","value":"/api(/|$)(.*)"');
	const path = applied({metadata: {annotations: {[key]: '/$2'}}, spec: {rules: [{http: {paths: [{path: '/api(/|$)(.*)'}]}}]}});
	expect(surePatches(rewriteFaults, ingress('/$2', '/api', {more: path}))[0]).toContain('"value":"/api(/|$)(.*)"');
	const target = applied({metadata: {annotations: {[key]: '/'}}, spec: {rules: [{http: {paths: [{path: '/api'}]}}]}});
	expect(surePatches(rewriteFaults, ingress('/$2', '/api', {more: target}))[0]).toContain('rewrite-target","value":"/"}');
});

const route = (backends: string, annotations = '') => `
kind: HTTPRoute
apiVersion: gateway.networking.k8s.io/v1
metadata: {name: web, annotations: {${annotations}}}
spec: {rules: [{backendRefs: [${backends}]}]}
---`;

test.each([
	[
		'nothing',
		route('{name: web, port: 80, weight: 0}, {name: next, port: 80, weight: 0}'),
		['high route-sends-to-nobody HTTPRoute/web spec.rules[0].backendRefs remedy'],
	],
	['something', route('{name: web, port: 80, weight: 0}, {name: next, port: 80, weight: 100}'), []],
	['what they weigh where nothing is said', route('{name: web, port: 80}'), []],
	['nothing, for there are none', route(''), []],
])('backends that weigh %s', (_, yaml, found) => {
	expect(faultLines(weightlessRoutes, yaml)).toEqual(found);
});

test('backends weigh what they did, or what a person says', () => {
	const before = `kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify({
		spec: {
			rules: [
				{
					backendRefs: [
						{name: 'web', weight: 0},
						{name: 'next', weight: 100},
					],
				},
			],
		},
	})}'`;
	const both = '{name: web, port: 80, weight: 0}, {name: next, port: 80, weight: 0}';
	expect(surePatches(weightlessRoutes, route(both, before))[0]).toContain('"path":"/spec/rules/0/backendRefs/1/weight","value":100');
	expect(surePatches(weightlessRoutes, route(both))).toEqual([]);
	// A lone one may have been taken off for the time of a change.
	expect(surePatches(weightlessRoutes, route('{name: web, port: 80, weight: 0}'))).toEqual([]);
});

const secret = (names: readonly string[]) => object('v1', 'Secret', 'web', {facts: {certificates: [{names}]}});
const served = (tls: JsonObject) =>
	object('networking.k8s.io/v1', 'Ingress', 'web', {spec: {tls: [tls], rules: [{host: 'a.example'}, {host: 'b.example'}]}});

test.each([
	[
		'that its certificate is for',
		['a.example', 'b.example'],
		{hosts: ['a.example'], secretName: 'web'},
		['medium ingress-host-without-tls Ingress/web spec.tls[0].hosts'],
	],
	['that its certificate is not for', ['a.example'], {hosts: ['a.example'], secretName: 'web'}, []],
	['that is listed', ['a.example', 'b.example'], {hosts: ['a.example', 'b.example'], secretName: 'web'}, []],
	['of an entry for all', ['a.example', 'b.example'], {secretName: 'web'}, []],
])('a host %s', (_, names, tls, found) => {
	const objects = [served(tls), secret(names)];
	expect(foundBy(hostsWithoutTls, objects)).toEqual(found);
	const patches = hostsWithoutTls(survey(objects)).flatMap(({remedies}) => remedies.map(({input}) => String(input.patch)));
	expect(patches.every(each => each.includes('"value":["a.example","b.example"]'))).toBe(true);
});

test('a host for which another Ingress shows a certificate', () => {
	const other = object('networking.k8s.io/v1', 'Ingress', 'api', {
		spec: {tls: [{hosts: ['b.example'], secretName: 'api'}], rules: [{host: 'b.example'}]},
	});
	const objects = [served({hosts: ['a.example'], secretName: 'web'}), other, secret(['a.example', 'b.example'])];
	expect(foundBy(hostsWithoutTls, objects)).toEqual([]);
});

test('a host that was never listed is sent to TLS by a person alone', () => {
	const objects = [served({hosts: ['a.example'], secretName: 'web'}), secret(['a.example', 'b.example'])];
	expect(hostsWithoutTls(survey(objects)).flatMap(({remedies}) => remedies.map(({sure}) => sure))).toEqual([false]);
});
