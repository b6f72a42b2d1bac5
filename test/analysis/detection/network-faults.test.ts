import {describe, expect, test} from 'vitest';
import {networkFaults} from '../../../src/analysis/detection/analyzers/network/network-faults.ts';
import {surveyOf} from '../../../src/analysis/detection/survey.ts';
import {deployment, object} from '../../support/kube-objects.ts';
import {objectsIn, surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';
import {namespace} from './found-in.ts';

const app = (
	name: string,
	{
		port = 8080,
		url = '',
		changedAgo = 0,
		labels = `app: ${name}`,
	}: {port?: number; url?: string; changedAgo?: number; labels?: string} = {},
) => `
kind: Deployment
apiVersion: apps/v1
${changedAgo === 0 ? '' : `changed: ${changedAgo}`}
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {${labels}}}
    spec: {containers: [{name: ${name}, ports: [{name: http, containerPort: ${port}}]${url === '' ? '' : `, env: [{name: URL, value: '${url}'}]`}}]}
---`;
const service = (name: string, port = 80) => `
kind: Service
apiVersion: v1
metadata: {name: ${name}}
spec: {clusterIP: 10.0.0.9, selector: {app: ${name}}, ports: [{name: http, port: ${port}, targetPort: http}]}
---`;
const policy = (name: string, spec: string, changedAgo = 0) => `
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
${changedAgo === 0 ? '' : `changed: ${changedAgo}`}
metadata: {name: ${name}}
spec: {${spec}}
---`;
const world = app('web', {url: 'http://cart'}) + app('cart') + service('cart');
const dnsPeer =
	'namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}';
const dns = `{to: [{${dnsPeer}}], ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}`;
const toCart = '{to: [{podSelector: {matchLabels: {app: cart}}}], ports: [{port: 8080}]}';
const egress = (...rules: readonly string[]) =>
	`podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [${rules.join(', ')}]`;
const ingress = (rule: string) => `podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress], ingress: [${rule}]`;
const fromWeb = 'from: [{podSelector: {matchLabels: {app: web}}}]';
const home = (name: string, labels = '', changedAgo = 0) =>
	`\n{${changedAgo === 0 ? '' : `changed: ${changedAgo}, `}kind: Namespace, apiVersion: v1, metadata: {name: ${name}, labels: {kubernetes.io/metadata.name: ${name}${labels === '' ? '' : `, ${labels}`}}}}\n---`;

describe('what a workload must reach', () => {
	test.each([
		['is let out, and DNS too', policy('out', egress(dns, toCart)), []],
		[
			'is let out to everybody at the port, and DNS to all namespaces',
			policy('out', egress('{ports: [{port: 8080}]}', '{to: [{namespaceSelector: {}}], ports: [{protocol: UDP, port: 53}]}')),
			[],
		],
		[
			'is let out, and DNS by an address of the node',
			policy('out', egress(toCart, '{to: [{ipBlock: {cidr: 169.254.20.10/32}}], ports: [{protocol: UDP, port: 53}]}')),
			[],
		],
		['is let out without DNS', policy('out', egress(toCart)), ['high policy-forgets-dns NetworkPolicy/out spec.egress remedy']],
		['is not let out', policy('out', egress(dns)), ['high policy-keeps-in NetworkPolicy/out spec.egress remedy']],
		['is let out nowhere', policy('out', egress()), ['high policy-keeps-in NetworkPolicy/out spec.egress remedy']],
		[
			'is kept in like everybody',
			policy('deny', 'podSelector: {}, policyTypes: [Egress]'),
			['high policy-keeps-in NetworkPolicy/deny spec.egress remedy'],
		],
		['is let out by another policy', policy('deny', 'podSelector: {}, policyTypes: [Egress]') + policy('out', egress(dns, toCart)), []],
		[
			'is let out to the port of the Service',
			policy('out', egress(dns, toCart.replace('8080', '80'))),
			['high policy-port-not-there NetworkPolicy/out spec.egress[1].ports remedy'],
		],
		[
			'may ask DNS by TCP alone',
			policy('out', egress(dns.replace('{protocol: UDP, port: 53}, ', ''), toCart)),
			['high policy-port-not-there NetworkPolicy/out spec.egress[0].ports remedy'],
		],
		[
			'may ask DNS in its own namespace, where there is none',
			policy('out', egress('{to: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{protocol: UDP, port: 53}]}', toCart)),
			[
				'high policy-peer-not-there NetworkPolicy/out spec.egress[0].to[0].namespaceSelector remedy',
				'low policy-peer-not-there NetworkPolicy/out spec.egress[0].to[0].podSelector none',
			],
		],
		['lets in by its label', policy('in', ingress(`{${fromWeb}, ports: [{port: http}]}`)), []],
		[
			'lets in another',
			app('job') + policy('in', ingress(`{${fromWeb.replace('web', 'job')}, ports: [{port: http}]}`)),
			['medium policy-keeps-out NetworkPolicy/in spec.ingress remedy'],
		],
		[
			'lets in at the port of its Service',
			policy('in', ingress(`{${fromWeb}, ports: [{port: 80}]}`)),
			['high policy-port-not-there NetworkPolicy/in spec.ingress[0].ports remedy'],
		],
		[
			'lets in at another of its ports',
			app('cart').replace('containerPort: 8080}', 'containerPort: 8080}, {name: metrics, containerPort: 9090}') +
				policy('in', ingress(`{${fromWeb}, ports: [{port: 9090}]}`)),
			['medium policy-keeps-out NetworkPolicy/in spec.ingress remedy'],
		],
		[
			'lets in a label that nobody has',
			policy('in', ingress('{from: [{podSelector: {matchLabels: {app: wbe}}}]}'), 2),
			['high policy-peer-not-there NetworkPolicy/in spec.ingress[0].from[0].podSelector remedy'],
		],
		[
			'is for pods that are not there beside one that denies',
			policy('deny', 'podSelector: {}, policyTypes: [Ingress]') + policy('in', ingress(`{${fromWeb}}`).replace('app: cart', 'app: crat')),
			['high policy-selects-no-pod NetworkPolicy/in spec.podSelector remedy'],
		],
		['lets in a block of addresses of the cluster', policy('in', ingress('{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}')), []],
		['is limited by nobody', '', []],
	])('%s', (_, yaml, found) => {
		const base = yaml.includes('name: metrics') ? world.replace(app('cart'), '') : world;
		expect(faultLines(networkFaults, base + home('kube-system') + yaml)).toEqual(found);
	});

	test('is let out by a rule more, and the others stay', () => {
		expect(surePatches(networkFaults, world + home('kube-system') + policy('out', egress(toCart)))).toEqual([
			JSON.stringify([
				{op: 'test', path: '/spec/egress', value: [{to: [{podSelector: {matchLabels: {app: 'cart'}}}], ports: [{port: 8080}]}]},
				{
					op: 'replace',
					path: '/spec/egress',
					value: [
						{to: [{podSelector: {matchLabels: {app: 'cart'}}}], ports: [{port: 8080}]},
						{
							to: [
								{
									namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'kube-system'}},
									podSelector: {matchLabels: {'k8s-app': 'kube-dns'}},
								},
							],
							ports: [
								{protocol: 'UDP', port: 53},
								{protocol: 'TCP', port: 53},
							],
						},
					],
				},
			]),
		]);
	});

	test('is seen in another namespace that a policy of the one that was asked for speaks of', () => {
		const web = app('web', {url: 'http://cart.shop.svc'}).replace('metadata: {name: web}', 'metadata: {name: web, namespace: front}');
		const rule = policy('in', ingress('{from: [{namespaceSelector: {matchLabels: {tier: front}}}]}'));
		const yaml = app('cart') + service('cart') + rule + home('front');
		const kept = 'policy-peer-not-there NetworkPolicy/in spec.ingress[0].from[0].namespaceSelector';
		expect(faultLines(networkFaults, yaml, {namespace: 'shop', peers: objectsIn(web)})).toEqual([`high ${kept} remedy`]);
		expect(faultLines(networkFaults, yaml, {namespace: 'shop'})).toEqual([`low ${kept} none`]);
	});

	test('is let out of another namespace that lost the label by which it is let in', () => {
		const elsewhere = app('web', {url: 'http://cart.shop.svc'}).replace('metadata: {name: web}', 'metadata: {name: web, namespace: front}');
		const rule = policy('in', ingress('{from: [{namespaceSelector: {matchLabels: {tier: front}}}]}'));
		const told = (front: string) => faultLines(networkFaults, elsewhere + app('cart') + service('cart') + rule + front);
		expect(told(home('front', 'tier: front'))).toEqual([]);
		expect(told(home('front', '', 2).replace('fieldsV1', 'x'))).toContain(
			'high policy-peer-not-there Namespace/front metadata.labels remedy',
		);
	});
});

describe('a policy by itself', () => {
	test.each([
		[
			'for pods that are not there',
			policy('idle', 'podSelector: {matchLabels: {app: nobody}}'),
			['low policy-selects-no-pod NetworkPolicy/idle spec.podSelector none'],
		],
		[
			'for pods whose name is misspelt',
			policy('idle', 'podSelector: {matchLabels: {app: crat}}'),
			['medium policy-selects-no-pod NetworkPolicy/idle spec.podSelector remedy'],
		],
		[
			'that lets in a namespace that is not there',
			policy('in', ingress('{from: [{namespaceSelector: {matchLabels: {name: ingress}}}]}')),
			['low policy-peer-not-there NetworkPolicy/in spec.ingress[0].from[0].namespaceSelector none'],
		],
		[
			'that names a port of no container',
			policy('in', ingress('{ports: [{port: web}]}')),
			['high policy-port-not-there NetworkPolicy/in spec.ingress[0].ports remedy'],
		],
		['that opens a number that nobody lists', policy('in', ingress('{ports: [{port: 15090}]}')), []],
		['that denies everything', policy('deny', 'podSelector: {}, policyTypes: [Ingress, Egress]'), []],
	])('%s', (_, yaml, found) => {
		expect(faultLines(networkFaults, app('cart') + service('cart') + yaml)).toEqual(found);
	});
});

test('a large cluster takes no more than a moment', () => {
	const count = 2_000;
	const names = Array.from({length: count}, (_, index) => `app-${index}`);
	const objects = names.flatMap((name, index) => [
		deployment(
			{container: {ports: [{name: 'http', containerPort: 8080}], env: [{name: 'URL', value: `http://app-${(index + 1) % count}`}]}},
			name,
		),
		object('v1', 'Service', name, {spec: {selector: {app: name}, ports: [{port: 80, targetPort: 'http'}]}}),
		object('networking.k8s.io/v1', 'NetworkPolicy', name, {
			spec: {podSelector: {matchLabels: {app: name}}, policyTypes: ['Ingress'], ingress: [{from: [{podSelector: {}}]}]},
		}),
	]);
	const spread = objects.map((each, index) => ({...each, metadata: {...each.metadata, namespace: `team-${Math.floor(index / 60)}`}}));
	const survey = surveyOf({
		takenAt: '2026-05-01T12:00:00Z',
		objects: [...spread, ...Array.from({length: 100}, (_, index) => namespace(`team-${index}`))],
		unread: [],
	});
	// The work of this process alone: what else runs on the machine is no part of it.
	const before = process.cpuUsage();
	expect(networkFaults(survey)).toEqual([]);
	expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
});

const outside = (addresses: string) => `
{kind: Service, apiVersion: v1, metadata: {name: archive}, spec: {ports: [{name: pg, port: 5432, targetPort: 6432}]}}
---
{kind: EndpointSlice, apiVersion: discovery.k8s.io/v1, metadata: {name: archive-1, labels: {kubernetes.io/service-name: archive}}, addressType: IPv4, ports: [{name: pg, port: 6432, protocol: TCP}], endpoints: [{addresses: [${addresses}]}]}
---`;
/** What may be written, by whomever. */
const ways = (yaml: string) => networkFaults(surveyIn(yaml)).flatMap(({id, remedies}) => (id === 'policy-forgets-dns' ? [] : remedies));
const applied = (spec: string, yaml: string) =>
	yaml.replace(
		'{name: out}',
		`{name: out, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"spec": {"egress": [${spec}]}}'}}`,
	);
const plugin = (group: string) => `
kind: CustomResourceDefinition
apiVersion: apiextensions.k8s.io/v1
metadata: {name: policies.${group}}
spec: {group: ${group}}
---`;
const asking = app('web', {url: 'postgres://archive:5432/a'});
const block = (cidr: string, port = 6432, more = '') => `{to: [{ipBlock: {cidr: ${cidr}}}${more}], ports: [{port: ${port}}]}`;
const missed = 'high policy-block-misses NetworkPolicy/out spec.egress[1].to[0].ipBlock.cidr';

describe('machines outside of the cluster', () => {
	test.each([
		['in another network of the same size', '10.9.1.4, 10.9.1.5', '10.9.10.0/24', '10.9.1.0/24'],
		['in two networks', '10.9.1.4, 10.9.2.5', '10.9.10.0/24', '10.9.1.4/32'],
		['at one address', '192.168.4.9', '192.168.4.8/32', '192.168.4.9/32'],
	])('%s are let out to', (_, addresses, cidr, meant) => {
		const yaml = asking + outside(addresses) + policy('out', egress(dns, block(cidr)), 5);
		expect(faultLines(networkFaults, yaml)).toContain(`${missed} remedy`);
		expect(ways(yaml).map(({input, sure, loosens}) => [String(input.patch).includes(`"cidr":"${meant}"`), sure, loosens])).toEqual([
			[true, false, true],
		]);
	});

	test.each([
		['in the block', outside('10.9.1.4') + policy('out', egress(dns, block('10.9.1.0/24')), 5)],
		['in part in it', outside('10.9.1.4, 10.9.2.4') + policy('out', egress(dns, block('10.9.1.0/24')), 5)],
		[
			'let out to by another policy',
			outside('10.9.1.4') + policy('out', egress(dns, block('10.8.0.0/24')), 5) + policy('all', egress('{}')),
		],
		['of a port that the block is not for', outside('10.9.1.4') + policy('out', egress(dns, block('10.8.0.0/24', 443)), 5)],
		['beside a block so wide that nobody can tell', outside('10.9.1.4') + policy('out', egress(dns, block('172.0.0.0/8')), 5)],
		['that may be pods', outside('10.9.1.4') + policy('out', egress(dns, block('10.8.0.0/24', 6432, ', {namespaceSelector: {}}')), 5)],
		['that answer by IPv6', outside("'fd00::1'") + policy('out', egress(dns, block('10.8.0.0/24')), 5)],
	])('%s are no fault', (_, rest) => {
		expect(faultLines(networkFaults, asking + rest).filter(line => line.includes('block'))).toEqual([]);
	});
});

describe('machines outside of the cluster that a policy leaves out', () => {
	const wide = (except: string) => `{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [${except}]}}], ports: [{port: 6432}]}`;
	const out = (...rules: readonly string[]) => outside('10.9.1.4') + policy('out', egress(dns, ...rules), 5);

	test.each([
		[
			'by an exception of a block',
			out(wide('10.9.0.0/16, 10.1.0.0/16')),
			'policy-block-misses NetworkPolicy/out spec.egress[1].to[0].ipBlock.except',
		],
		['by rules for pods alone', out(toCart), 'policy-keeps-in NetworkPolicy/out spec.egress[archive:6432]'],
		['by a block for another port', out(block('10.9.1.0/24', 443)), 'policy-keeps-in NetworkPolicy/out spec.egress[archive:6432]'],
		[
			'by pods of the port',
			out('{to: [{namespaceSelector: {}}], ports: [{port: 6432}]}'),
			'policy-keeps-in NetworkPolicy/out spec.egress[archive:6432]',
		],
	])('%s are not reached', (_, rest, found) => {
		expect(faultLines(networkFaults, asking + rest)).toContain(`high ${found} remedy`);
		expect(
			ways(asking + rest).map(({input, sure, loosens}) => [String(input.patch).includes('"cidr":"10.9.1.4/32"'), sure, loosens]),
		).toContainEqual([true, false, true]);
	});

	test('are let out to unasked where what was applied let out to them', () => {
		const yaml = asking + out(toCart);
		const to = (cidr: string) => `{"to": [{"ipBlock": {"cidr": "${cidr}"}}], "ports": [{"port": 6432}]}`;
		expect(surePatches(networkFaults, applied(to('10.9.0.0/16'), yaml)).filter(each => each.includes('10.9.1.4/32'))).toHaveLength(1);
		expect(surePatches(networkFaults, applied(to('10.8.0.0/16'), yaml)).filter(each => each.includes('10.9.1.4/32'))).toEqual([]);
	});

	test.each(['cilium.io', 'crd.projectcalico.org'])('may be let out to by policies of %s', group => {
		expect(faultLines(networkFaults, asking + out(toCart) + plugin(group)).filter(line => line.includes('archive'))).toEqual([]);
	});

	test('are told of one by one', () => {
		const second = outside('10.9.2.4').replaceAll('archive', 'ledger');
		const yaml = app('web', {url: 'postgres://archive:5432/a,postgres://ledger:5432/a'}) + second + out(toCart);
		expect(faultLines(networkFaults, yaml).filter(line => line.includes('keeps-in'))).toEqual([
			'high policy-keeps-in NetworkPolicy/out spec.egress[archive:6432] remedy',
			'high policy-keeps-in NetworkPolicy/out spec.egress[ledger:6432] remedy',
		]);
	});

	test('are reached again without an exception that was not applied', () => {
		const applied = JSON.stringify({spec: {egress: [{}, {to: [{ipBlock: {cidr: '10.0.0.0/8', except: ['10.1.0.0/16']}}]}]}});
		const named = `metadata: {name: out, annotations: {kubectl.kubernetes.io/last-applied-configuration: '${applied}'}}`;
		const yaml = asking + out(wide('10.1.0.0/16, 10.9.0.0/16')).replace('metadata: {name: out}', named);
		const [cause] = networkFaults(surveyOf({takenAt: '2026-11-27T10:00:00Z', objects: objectsIn(yaml), unread: []}));
		expect(String(cause?.remedies[0]?.input.patch)).toContain('"op":"remove","path":"/spec/egress/1/to/0/ipBlock/except/1"');
		expect(surePatches(networkFaults, yaml)).toEqual([]);
	});

	test('are let out to by a person alone where they have been kept from for long', () => {
		const yaml = (asking + out(toCart))
			.replaceAll('metadata: {name: out}', 'metadata: {name: out, creationTimestamp: 2026-11-01T08:00:00Z}')
			.replaceAll('changed: 5', `changed: ${3 * 24 * 60}`);
		expect(faultLines(networkFaults, yaml)).toContain('high policy-keeps-in NetworkPolicy/out spec.egress[archive:6432] remedy');
		expect(surePatches(networkFaults, yaml)).toEqual([]);
	});

	test('are let out to beside a policy for all', () => {
		const yaml = asking + outside('10.9.1.4') + policy('all', egress(dns).replace('matchLabels: {app: web}', ''), 5);
		const [cause] = networkFaults(surveyOf({takenAt: '2026-11-27T10:00:00Z', objects: objectsIn(yaml), unread: []}));
		expect([cause?.id, String(cause?.remedies[0]?.input.manifest)]).toEqual([
			'policy-keeps-in',
			expect.stringContaining('"egress":[{"to":[{"ipBlock":{"cidr":"10.9.1.4/32"}}],"ports":[{"protocol":"TCP","port":6432}]}]'),
		]);
	});

	test.each([
		['are let out to by everything at the port', out('{ports: [{port: 6432}]}')],
		['are let out to beside exceptions for others', out(wide('10.1.0.0/16'))],
		['are of no policy', outside('10.9.1.4')],
	])('%s', (_, rest) => {
		expect(faultLines(networkFaults, home('kube-system') + asking + rest)).toEqual([]);
	});

	test('may be pods of namespaces that nobody looked at', () => {
		const yaml = home('kube-system') + asking + out('{to: [{namespaceSelector: {}}], ports: [{port: 6432}]}');
		expect(faultLines(networkFaults, yaml, {namespace: 'shop'})).toEqual([]);
	});
});

describe('blocks of addresses for pods', () => {
	const pod = (address: string) => `
kind: Pod
apiVersion: v1
metadata: {name: web-1, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: u, controller: true}]}
spec: {containers: []}
status: {podIP: ${address}}
---
kind: ReplicaSet
apiVersion: apps/v1
metadata: {name: web-1, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]}
spec: {template: {}}
---`;
	const from = (peer: string) => policy('in', ingress(`{from: [${peer}], ports: [{port: 8080}]}`), 5);

	test.each([
		['that none of them has', '{ipBlock: {cidr: 10.42.0.0/16}}'],
		['that leave them out again', '{ipBlock: {cidr: 10.0.0.0/8, except: [10.244.0.0/16]}}'],
	])('%s', (_, peer) => {
		const yaml = world + pod('10.244.0.9') + from(peer);
		expect(faultLines(networkFaults, yaml)).toEqual(['high policy-block-misses NetworkPolicy/in spec.ingress[0].from[0].ipBlock remedy']);
		const [way] = ways(yaml);
		expect([way?.sure, way?.loosens]).toEqual([false, true]);
		const [, {value}] = JSON.parse(String(way?.input.patch));
		// Who is let in by the block stays so.
		expect(value).toEqual([{ipBlock: expect.anything()}, {podSelector: {matchLabels: {app: 'web'}}}]);
	});

	test('that came in place of the pods give way to them again', () => {
		const yaml = (world + pod('10.244.0.9') + from('{ipBlock: {cidr: 10.42.0.0/16}}')).replace(
			'{name: in}',
			`{name: in, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"spec": {"ingress": [{"from": [{"podSelector": {}}]}]}}'}}`,
		);
		expect(surePatches(networkFaults, yaml)[0]).toContain(
			'"path":"/spec/ingress/0/from/0","value":{"podSelector":{"matchLabels":{"app":"web"}}}',
		);
	});

	test('of the world outside were meant for nobody in the cluster', () => {
		const yaml = world + pod('10.244.0.9') + from('{ipBlock: {cidr: 100.20.0.0/16}}');
		expect(faultLines(networkFaults, yaml)).toEqual(['medium policy-keeps-out NetworkPolicy/in spec.ingress remedy']);
	});

	test('that hold them, and of pods whose addresses nobody knows', () => {
		expect(faultLines(networkFaults, world + pod('10.244.0.9') + from('{ipBlock: {cidr: 10.244.0.0/16}}'))).toEqual([]);
		expect(faultLines(networkFaults, world + from('{ipBlock: {cidr: 10.42.0.0/16}}'))).toEqual([]);
	});
});

describe('a Service that stands for a host of the world', () => {
	const world = (name = 'api.pay.example') =>
		`\n{kind: Service, apiVersion: v1, metadata: {name: pay}, spec: {type: ExternalName, externalName: ${name}}}\n---`;
	const told = home('kube-system') + app('web', {url: 'https://pay:443/charge'}) + app('cart');
	const out = (...rules: readonly string[]) => policy('out', egress(dns, ...rules), 5);
	const isKept = (line: string) => line.includes('keeps-in');

	test('is not reached by rules for pods alone, and a person says how far', () => {
		expect(faultLines(networkFaults, told + world() + out(toCart)).filter(isKept)).toEqual([
			'high policy-keeps-in NetworkPolicy/out spec.egress[pay:443] remedy',
		]);
		expect(faultLines(networkFaults, told + world() + out(toCart) + plugin('cilium.io')).filter(isKept)).toEqual([]);
		expect(surePatches(networkFaults, told + world() + out(toCart)).filter(each => each.includes('0.0.0.0/0'))).toEqual([]);
	});

	test.each([
		['by a rule for everybody', out('{ports: [{port: 443}]}'), world()],
		['by a block that may hold it', out('{to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 443}]}'), world()],
		['where no policy is', '', world()],
		['in the cluster', out(toCart), world('cart.shop.svc.cluster.local')],
	])('is reached %s', (_, rules, service) => {
		expect(faultLines(networkFaults, told + service + rules).filter(isKept)).toEqual([]);
	});
});

describe('rules of a direction that a policy is not for', () => {
	const typed = (types: string, rule = '{ports: [{port: 8080}, {port: 53, protocol: UDP}]}', more = '') =>
		policy('out', `podSelector: {matchLabels: {app: cart}}, policyTypes: [${types}], ingress: [${rule}], egress: [${rule}]${more}`);
	test('limit nothing', () => {
		expect(faultLines(networkFaults, app('cart') + typed('Ingress'))).toEqual([
			'medium policy-rules-idle NetworkPolicy/out spec.policyTypes remedy',
		]);
		expect(faultLines(networkFaults, app('cart') + typed('Egress'))).toEqual([
			'medium policy-rules-idle NetworkPolicy/out spec.policyTypes remedy',
		]);
		expect(faultLines(networkFaults, app('cart') + typed('Ingress, Egress'))).toEqual([]);
	});
	test('limit nothing with the type either where they are for everybody', () => {
		expect(faultLines(networkFaults, app('cart') + typed('Ingress', '{}'))).toEqual([]);
	});
	test('are limited again by a person, or by what was applied', () => {
		expect(surePatches(networkFaults, app('cart') + typed('Ingress'))).toEqual([]);
		const applied = JSON.stringify({spec: {policyTypes: ['Ingress', 'Egress']}});
		const lost = typed('Ingress').replace(
			'{name: out}',
			`{name: out, annotations: {kubectl.kubernetes.io/last-applied-configuration: '${applied}'}}`,
		);
		expect(surePatches(networkFaults, app('cart') + lost)[0]).toContain('"value":["Ingress","Egress"]');
	});
});

describe('the controller of an Ingress', () => {
	const edge = (labels: string, args = '') => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: edge, namespace: edge}
spec: {selector: {matchLabels: {${labels}}}, template: {metadata: {labels: {${labels}}}, spec: {containers: [{name: edge, args: [${args}]}]}}}
---
kind: IngressClass
apiVersion: networking.k8s.io/v1
metadata: {name: public}
spec: {controller: k8s.io/ingress-nginx}
---
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: cart}
spec: {ingressClassName: public, rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}]}}]}
---`;
	const nginx = edge('app.kubernetes.io/name: ingress-nginx');
	const cart = home('edge') + app('cart') + service('cart') + app('web');
	const own = policy('in', ingress(`{${fromWeb}, ports: [{port: 8080}]}`));
	const balanced = edge('app: edge', '--ingress-class=public').replace(
		'controller: k8s.io/ingress-nginx',
		'controller: ingress.k8s.aws/alb',
	);
	const exposed =
		'\n{kind: Service, apiVersion: v1, metadata: {name: edge, namespace: edge}, spec: {type: LoadBalancer, clusterIP: 10.0.0.2, selector: {app: edge}, ports: [{port: 80}]}}\n---';

	test.each([
		['of another make that requests come to', balanced + exposed],
		['that has its usual labels', nginx],
		['that is told of its class', edge('app: edge', '--ingress-class=public')],
		['that is told of its controller', edge('app: edge', '--controller-class=k8s.io/ingress-nginx')],
	])('%s is let in', (_, controller) => {
		expect(faultLines(networkFaults, cart + controller + own)).toEqual(['medium policy-keeps-out NetworkPolicy/in spec.ingress remedy']);
		expect(surePatches(networkFaults, cart + controller + own)[0]).toContain('"kubernetes.io/metadata.name":"edge"');
	});

	test.each([
		[
			'that is let in by its namespace',
			nginx + policy('in', ingress('{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}}]}')),
		],
		['that nobody can tell', edge('app: edge') + own],
		['that only tells a load balancer of pods', balanced + own],
		['on the network of its node', nginx.replace('spec: {containers', 'spec: {hostNetwork: true, containers') + own],
	])('%s is no fault', (_, rest) => {
		expect(faultLines(networkFaults, cart + rest)).toEqual([]);
	});
});

const watcher = app('scraper').replace('{name: scraper}', '{name: scraper, namespace: watch}');
const both = (second: string) =>
	ingress(`{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: watch}}}, ${second}], ports: [{port: 8080}]}`);
const scraper = '{podSelector: {matchLabels: {app: scraper}}}';

describe('a namespace and pods as two peers', () => {
	test('are one, where the pods run in that namespace alone', () => {
		const yaml = app('cart') + home('watch') + watcher + policy('in', both(scraper), 5);
		expect(faultLines(networkFaults, yaml)).toEqual(['medium policy-peers-apart NetworkPolicy/in spec.ingress[0].from remedy']);
		expect(surePatches(networkFaults, yaml)[0]).toContain(
			'"value":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"watch"}},"podSelector":{"matchLabels":{"app":"scraper"}}}]',
		);
	});

	test.each([
		['pods run here', app('scraper') + watcher + policy('in', both(scraper), 5)],
		['pods run in neither', policy('in', both(scraper), 5)],
		[
			'the namespace is the own one',
			home('shop') +
				app('web') +
				policy('in', both('{podSelector: {matchLabels: {app: web}}}').replace('metadata.name: watch', 'metadata.name: shop'), 5),
		],
	])('are two, where %s', (_, rest) => {
		expect(faultLines(networkFaults, app('cart') + home('watch') + rest).filter(line => line.includes('apart'))).toEqual([]);
	});
});
