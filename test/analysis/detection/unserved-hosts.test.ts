import {describe, expect, test} from 'vitest';
import {ingressFaults} from '../../../src/analysis/detection/analyzers/ingress/ingress-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const ingress = (host: string, tls: string, name = 'menu') => `
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: ${name}}
spec: {ingressClassName: edge, tls: [${tls}], rules: [{host: ${host}, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: menu, port: {number: 80}}}}]}}]}
---
kind: IngressClass
apiVersion: networking.k8s.io/v1
metadata: {name: edge}
---`;
const shows = (hosts: string) => `{hosts: [${hosts}], secretName: web-tls}`;
const certificate = (names: string) => `
kind: Secret
apiVersion: v1
metadata: {name: web-tls}
type: kubernetes.io/tls
data: {tls.crt: '', tls.key: ''}
facts: {keyFits: true, certificates: [{subject: CN=x, issuer: CN=ca, notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-12-31T00:00:00Z', names: [${names}], isAuthority: false}]}
---`;
const program = (env: string) => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: menu}
spec: {selector: {matchLabels: {app: menu}}, template: {metadata: {labels: {app: menu}}, spec: {containers: [{name: menu, image: 'r.example/menu:1', ports: [{containerPort: 80}], env: [${env}]}]}}}
---
kind: Service
apiVersion: v1
metadata: {name: menu}
spec: {clusterIP: 10.0.0.2, selector: {app: menu}, ports: [{port: 80}]}
---`;
const told = (host: string, severity = 'high') => [`${severity} ingress-host-slip Ingress/menu spec.rules[${host}].host remedy`];
const right = certificate('menu.bistro.example');

describe('a rule for a host', () => {
	test.each([
		['for which its certificate is shown', right + ingress('menu.bistro.example', shows('menu.bistro.example')), []],
		['for which a wildcard is shown', ingress('menu.bistro.example', shows("'*.bistro.example'")), []],
		[
			'that is a slip of the one that its certificate is for',
			right + ingress('menu.bisrto.example', shows('menu.bistro.example')),
			told('menu.bisrto.example'),
		],
		[
			'whose first step is a slip',
			certificate("'*.bistro.example'") + ingress('mneu.bistro.example', shows('menu.bistro.example')),
			told('mneu.bistro.example', 'medium'),
		],
		[
			'that is a slip, by what the program calls itself, too',
			certificate("'*.bistro.example'") +
				program("{name: PUBLIC_URL, value: 'https://menu.bistro.example'}") +
				ingress('mneu.bistro.example', shows('menu.bistro.example')),
			told('mneu.bistro.example'),
		],
		[
			'that is a slip, by what the program calls itself alone',
			program("{name: BASE_URL, value: 'https://menu.bistro.example/'}") + ingress('menu.bisrto.example', ''),
			told('menu.bisrto.example', 'medium'),
		],
		[
			'near to one that the program asks',
			program("{name: STOCK_URL, value: 'https://manu.bistro.example/'}") + ingress('menu.bistro.example', ''),
			[],
		],
		[
			'near to one that another Ingress serves',
			ingress('menu.bistro.example', '') +
				ingress('manu.bistro.example', '', 'manu') +
				program("{name: BASE_URL, value: 'https://manu.bistro.example/'}"),
			[],
		],
		['of another number', ingress('menu-2.bistro.example', shows('menu-1.bistro.example')), []],
		['of another region', ingress('menu.eu.bistro.example', shows('menu.us.bistro.example')), []],
		[
			'beside more that the certificate is shown for',
			right + ingress('menu.bistro.example', shows('menu.bistro.example, menus.bistro.example')),
			[],
		],
		[
			'that the certificate is for, while the other side slipped',
			certificate('menu.bistro.example') + ingress('menu.bistro.example', shows('menu.bisrto.example')),
			[],
		],
		[
			'near to where the program finds its interface',
			program("{name: API_BASE_URL, value: 'https://menus.bistro.example/'}") + ingress('menuo.bistro.example', ''),
			[],
		],
		['without TLS', ingress('menu.bistro.example', ''), []],
	])('%s', (_, yaml, found) => {
		expect(faultLines(ingressFaults, yaml).filter(line => line.includes('host-slip'))).toEqual(found);
	});

	test('is set right for sure where the certificate is for the other alone', () => {
		const patch = JSON.stringify([
			{op: 'test', path: '/spec/rules/0/host', value: 'menu.bisrto.example'},
			{op: 'replace', path: '/spec/rules/0/host', value: 'menu.bistro.example'},
		]);
		expect(surePatches(ingressFaults, right + ingress('menu.bisrto.example', shows('menu.bistro.example')))).toEqual([patch]);
		expect(surePatches(ingressFaults, ingress('menu.bisrto.example', shows('menu.bistro.example')))).toEqual([]);
	});
});
