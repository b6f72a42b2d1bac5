import {describe, expect, test} from 'vitest';
import {ingressFaults} from '../../../src/analysis/detection/analyzers/ingress/ingress-faults.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';

const edge = (controller = 'k8s.io/ingress-nginx', name = 'edge') => `
kind: IngressClass
apiVersion: networking.k8s.io/v1
metadata: {name: ${name}}
spec: {controller: ${controller}}
---`;
const backend = 'backend: {service: {name: web, port: {number: 80}}}';
const path = (text: string, type = 'ImplementationSpecific') => `{path: '${text}', pathType: ${type}, ${backend}}`;
const ingress = (paths: string, target?: string, name = 'web') => `
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: ${name}, annotations: {${target === undefined ? '' : `nginx.ingress.kubernetes.io/rewrite-target: '${target}'`}}}
spec: {ingressClassName: edge, rules: [{host: ${name}.example.org, http: {paths: [${paths}]}}]}
---`;
describe('a rewrite of a group that the path has lost', () => {
	test.each([
		['gets the groups that its siblings have', path('/shop/?(.*)'), ingress(path('/press(/|$)(.*)'), '/$2', 'press'), true],
		['is a matter for a person where no sibling tells', path('/shop/?(.*)'), '', false],
	])('%s', (_, own, sibling, sure) => {
		const patches = surePatches(ingressFaults, edge() + ingress(own, '/$2') + sibling);
		expect(patches.map(patch => patch.includes('"path":"/spec/rules/0/http/paths/0/path","value":"/shop(/|$)(.*)"'))).toEqual(
			sure ? [true] : [],
		);
		expect(faultLines(ingressFaults, edge() + ingress(own, '/$2'))).toEqual([
			'high ingress-rewrite-of-no-group Ingress/web spec.rules[0].http.paths[/shop/?(.*)].path remedy',
		]);
	});
});

const told = (text: string, kind = 'Deployment') => `
kind: ${kind}
apiVersion: apps/v1
metadata: {name: caller}
spec: {selector: {matchLabels: {app: caller}}, template: {metadata: {labels: {app: caller}}, spec: {containers: [{name: caller, image: 'r.example/c:1', args: ['--from=${text}']}]}}}
---`;
const exact = 'high ingress-path-too-exact Ingress/web spec.rules[0].http.paths[0].pathType remedy';

describe('an exact path', () => {
	test.each([
		['of which more is called', path('/api', 'Exact'), 'http://web.example.org/api/v2/levels', [exact]],
		[
			'of which more is called, behind a root',
			`${path('/api', 'Exact')}, ${path('/', 'Prefix')}`,
			'https://web.example.org/api/v2',
			[exact],
		],
		['that is called as it is', path('/api', 'Exact'), 'http://web.example.org/api', []],
		['beside one for what lies below', `${path('/api', 'Exact')}, ${path('/api/v2', 'Prefix')}`, 'http://web.example.org/api/v2', []],
		['beside the prefix of its own', `${path('/api', 'Exact')}, ${path('/api', 'Prefix')}`, 'http://web.example.org/api/v2', []],
		['of another host', path('/api', 'Exact'), 'http://api.example.org/api/v2', []],
		['beside a name that only begins alike', path('/api', 'Exact'), 'http://web.example.org/apis', []],
		['of all', path('/api', 'Prefix'), 'http://web.example.org/api/v2', []],
	])('%s', (_, paths, address, found) => {
		expect(faultLines(ingressFaults, edge() + ingress(paths) + told(address))).toEqual(found);
	});

	test('becomes a prefix by a person: all below it is more than what is called', () => {
		const yaml = edge() + ingress(path('/api', 'Exact')) + told('http://web.example.org/api/v2');
		const remedies = ingressFaults(surveyIn(yaml)).flatMap(cause => cause.remedies);
		expect(remedies.map(({sure, loosens}) => [sure, loosens])).toEqual([[false, true]]);
		expect(remedies.map(({input}) => input.patch)).toEqual([
			'[{"op":"test","path":"/spec/rules/0/http/paths/0/pathType","value":"Exact"},{"op":"replace","path":"/spec/rules/0/http/paths/0/pathType","value":"Prefix"}]',
		]);
	});

	test('is not looked for in what is data rather than settings', () => {
		const yaml = edge() + ingress(path('/api', 'Exact')) + told(`${'x'.repeat(50_000)} http://web.example.org/api/v2`);
		expect(faultLines(ingressFaults, yaml)).toEqual([]);
	});
});

const controller = (args: string, former?: string) => {
	const pod = (flags: string) =>
		`{metadata: {labels: {app: edge}}, spec: {containers: [{name: edge, image: 'r.example/e:1', args: [${flags}]}]}}`;
	const revision = (number: number, flags: string) => `
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: edge-${number}, annotations: {deployment.kubernetes.io/revision: '${number}'}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: edge, uid: u, controller: true}]}
spec: {template: ${pod(flags)}}
---`;
	return `
kind: Deployment
apiVersion: apps/v1
metadata: {name: edge}
spec: {selector: {matchLabels: {app: edge}}, template: ${pod(args)}}
---${former === undefined ? '' : revision(1, former) + revision(2, args)}`;
};
const stray = (index: number) =>
	`high ingress-controller-other-class Deployment/edge spec.template.spec.containers[edge].args[${index}] remedy`;

describe('a controller of Ingresses', () => {
	test.each([
		['of its class', '--controller-class=k8s.io/own, --ingress-class=edge', undefined, []],
		[
			'of a controller that no class names, beside the class that it is for',
			'--ingress-class=edge, --controller-class=k8s.io/ingress-nginx',
			undefined,
			[stray(1)],
		],
		['of another controller than before', '--controller-class=k8s.io/ingress-nginx', '--controller-class=k8s.io/own', [stray(0)]],
		['of a controller that is nearly that of a class', '--controller-class=k8s.io/onw', undefined, [stray(0)]],
		['of a controller that nothing is near', '--controller-class=example.com/other', undefined, []],
		['that goes by the name of the class', '--controller-class=k8s.io/x, --ingress-class=edge, --ingress-class-by-name', undefined, []],
		['of a class that is not there, and was before', '--ingress.class=egde-2', '--ingress.class=edge', [stray(0)]],
		['of a class for which it has a mark alone', '--ingress-class=old', undefined, []],
	])('%s', (_, args, former, found) => {
		expect(faultLines(ingressFaults, edge('k8s.io/own') + controller(args, former))).toEqual(found);
	});

	test('serves what it served before', () => {
		expect(
			surePatches(
				ingressFaults,
				edge('k8s.io/own') + controller('--a, --controller-class=k8s.io/ingress-nginx', '--controller-class=k8s.io/own'),
			),
		).toEqual([
			'[{"op":"test","path":"/spec/template/spec/containers/0/args/1","value":"--controller-class=k8s.io/ingress-nginx"},{"op":"replace","path":"/spec/template/spec/containers/0/args/1","value":"--controller-class=k8s.io/own"}]',
		]);
	});
});

const guarded = (secret: string, more = '') => `
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/auth-type: basic, nginx.ingress.kubernetes.io/auth-secret: ${secret}${more}}}
spec: {ingressClassName: edge, rules: [{host: web.example.org, http: {paths: [${path('/', 'Prefix')}]}}]}
---
kind: Secret
apiVersion: v1
metadata: {name: web-auth}
---`;
const lacking = 'high ingress-secret-not-there Ingress/web metadata.annotations[nginx.ingress.kubernetes.io/auth-secret]';
const applied = JSON.stringify({metadata: {annotations: {'nginx.ingress.kubernetes.io/auth-secret': 'web-auth'}}});

describe('a Secret that an annotation names', () => {
	test.each([
		['is there', edge(), guarded('web-auth'), []],
		['is there, with its namespace', edge(), guarded('shop/web-auth'), []],
		['is not there', edge(), guarded('users'), [`${lacking} none`]],
		['is not there, and a near one is', edge(), guarded('web-auht'), [`${lacking} remedy`]],
		['is in the namespace of the Ingress', edge(), guarded('edge/web-auth'), [`${lacking} remedy`]],
		['is nothing to another controller', edge('example.com/ingress'), guarded('users'), []],
	])('%s', (_, classes, yaml, found) => {
		expect(faultLines(ingressFaults, classes + yaml)).toEqual(found);
	});

	test('is a matter for a person, except where it was another before', () => {
		expect(surePatches(ingressFaults, edge() + guarded('web-auht'))).toEqual([]);
		const before = `, kubectl.kubernetes.io/last-applied-configuration: '${applied}'`;
		expect(surePatches(ingressFaults, edge() + guarded('users', before))).toEqual([
			'[{"op":"test","path":"/metadata/annotations/nginx.ingress.kubernetes.io~1auth-secret","value":"users"},{"op":"replace","path":"/metadata/annotations/nginx.ingress.kubernetes.io~1auth-secret","value":"web-auth"}]',
		]);
	});
});
