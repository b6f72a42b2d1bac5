import {expect, test} from 'vitest';
import {dnsFaults} from '../../../src/analysis/detection/analyzers/dns/dns-faults.ts';
import {faultLines, surePatches} from './faults-in.ts';

const web = (spec: string, url = 'http://cart') => `
kind: Deployment
apiVersion: apps/v1
metadata: {name: web}
spec: {template: {metadata: {labels: {app: web}}, spec: {${spec === '' ? '' : `${spec}, `}containers: [{name: web, env: [{name: URL, value: '${url}'}]}]}}}
---`;
const cart = `
kind: Service
apiVersion: v1
metadata: {name: cart}
spec: {clusterIP: 10.0.0.9, selector: {app: cart}, ports: [{port: 80}]}
---`;
const place = 'Deployment/web spec.template.spec';

test.each([
	['ask the cluster', '', 'http://cart', []],
	['ask their node, and name Services', 'dnsPolicy: Default', 'http://cart', [`high dns-policy-not-of-cluster ${place}.dnsPolicy remedy`]],
	['ask their node, and name the world alone', 'dnsPolicy: Default', 'https://example.com', []],
	[
		'share the network of their node',
		'hostNetwork: true',
		'http://cart.shop.svc.cluster.local',
		[`high dns-policy-not-of-cluster ${place}.dnsPolicy remedy`],
	],
	['share it, and ask the cluster', 'hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet', 'http://cart', []],
	[
		'ask a public server',
		'dnsPolicy: None, dnsConfig: {nameservers: [8.8.8.8]}',
		'http://cart',
		[`high dns-server-not-of-cluster ${place}.dnsConfig.nameservers remedy`],
	],
	[
		'ask a cache on the node',
		'dnsPolicy: None, dnsConfig: {nameservers: [169.254.20.10], searches: [shop.svc.cluster.local]}',
		'http://cart',
		[],
	],
	[
		'complete no names',
		'dnsPolicy: None, dnsConfig: {nameservers: [10.0.0.10], searches: [example.com]}',
		'http://cart',
		[`high dns-search-missing ${place}.dnsConfig.searches remedy`],
	],
	[
		'complete names by a domain that is misspelt',
		'dnsPolicy: None, dnsConfig: {nameservers: [10.0.0.10], searches: [shop.svc.cluster.lokal, svc.cluster.lokal]}',
		'http://cart',
		[`high dns-search-missing ${place}.dnsConfig.searches remedy`],
	],
	[
		'complete names by a domain of their own',
		'dnsPolicy: None, dnsConfig: {nameservers: [10.0.0.10], searches: [shop.svc.prod.acme.test]}',
		'http://cart',
		[],
	],
	['complete no names and need none', 'dnsPolicy: None, dnsConfig: {nameservers: [10.0.0.10]}', 'http://cart.shop.svc.cluster.local', []],
	[
		'take a Service for another address',
		'hostAliases: [{ip: 10.1.1.1, hostnames: [cart]}]',
		'http://cart',
		[`high host-alias-hides-service ${place}.hostAliases[10.1.1.1].hostnames remedy`],
	],
	['know other hosts by themselves', 'hostAliases: [{ip: 10.1.1.1, hostnames: [legacy]}]', 'http://cart', []],
])('pods that %s', (_, spec, url, found) => {
	expect(faultLines(dnsFaults, web(spec, url) + cart)).toEqual(found);
});

test('an entry of the hosts file goes, and the others stay', () => {
	expect(surePatches(dnsFaults, web('hostAliases: [{ip: 10.1.1.1, hostnames: [cart, legacy]}]') + cart)).toEqual([
		'[{"op":"test","path":"/spec/template/spec/hostAliases","value":[{"ip":"10.1.1.1","hostnames":["cart","legacy"]}]},{"op":"replace","path":"/spec/template/spec/hostAliases","value":[{"ip":"10.1.1.1","hostnames":["legacy"]}]}]',
	]);
});

const system = 'namespace: kube-system';
const coredns = (replicas: number) =>
	`\n{kind: Deployment, apiVersion: apps/v1, metadata: {name: coredns, ${system}}, spec: {replicas: ${replicas}, template: {metadata: {labels: {k8s-app: kube-dns}}, spec: {containers: [{name: coredns}]}}}}\n---`;
const corefile = (text: string) =>
	`\n{kind: ConfigMap, apiVersion: v1, metadata: {name: coredns, ${system}}, data: {Corefile: "${text}"}}\n---`;
const kubeDns = `\n{kind: Service, apiVersion: v1, metadata: {name: kube-dns, ${system}}, spec: {clusterIP: 10.0.0.10, selector: {k8s-app: kube-dns}}}\n---`;
const whole = '.:53 {\\n    kubernetes cluster.local\\n}';

test.each([
	['is there', coredns(2) + corefile(whole) + kubeDns, []],
	['is scaled to nothing', coredns(0) + corefile(whole) + kubeDns, ['critical cluster-dns-off Deployment/coredns spec.replicas remedy']],
	[
		'does not know the cluster',
		coredns(2) + corefile('.:53 {\\n    forward . 1.1.1.1\\n}') + kubeDns,
		['critical cluster-dns-settings ConfigMap/coredns data.Corefile none'],
	],
	['has lost its Service', coredns(2) + corefile(whole), ['critical cluster-dns-service-not-there Service/kube-dns undefined none']],
	['is of another make', '', []],
])('the DNS of a cluster that %s', (_, yaml, found) => {
	expect(faultLines(dnsFaults, yaml)).toEqual(found);
});

const called = (name: string, more = '', before = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {replicas: 1, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {subdomain: workers, setHostnameAsFQDN: true${more}, containers: [{name: a}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: workers}
spec: {clusterIP: None, selector: {app: a}, ports: []}
---${before}`;

const wholeNamed = (name: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}-5d9f7c-abcde, labels: {app: a}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: ${name}, uid: u, controller: true}]}
spec: {subdomain: workers, setHostnameAsFQDN: true, containers: [{name: a}]}
status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}
---`;

test.each([
	[
		'too long',
		called('invoice-renderer-for-the-whole-shop'),
		['critical host-name-too-long Deployment/invoice-renderer-for-the-whole-shop spec.template.spec.setHostnameAsFQDN remedy'],
	],
	[
		'long, and of a cluster whose own domain is short',
		called('invoice-renderer-for-the-shop') + wholeNamed('invoice-renderer-for-the-shop'),
		[],
	],
	[
		'too long in any domain, whatever its pods say',
		called('invoice-renderer-for-the-whole-town-shop') + wholeNamed('invoice-renderer-for-the-whole-town-shop'),
		['medium host-name-too-long Deployment/invoice-renderer-for-the-whole-town-shop spec.template.spec.setHostnameAsFQDN remedy'],
	],
	['short enough', called('mail'), []],
	['short enough by a name of its own', called('invoice-renderer-for-the-whole-shop', ', hostname: mail'), []],
	[
		'long, and not that of its host',
		called('invoice-renderer-for-the-whole-shop').replace('setHostnameAsFQDN: true', 'setHostnameAsFQDN: false'),
		[],
	],
])('a whole name of pods that is %s', (_, yaml, found) => {
	expect(faultLines(dnsFaults, yaml)).toEqual(found);
});

test("a name that is too long is the pod's alone again", () => {
	expect(surePatches(dnsFaults, called('invoice-renderer-for-the-whole-shop'))[0]).toContain(
		'"op":"remove","path":"/spec/template/spec/setHostnameAsFQDN"',
	);
});

const voices = (ports: string, changed = '') =>
	`\n{kind: Service, apiVersion: v1, ${changed}metadata: {name: voices}, spec: {clusterIP: None, selector: {app: v}, ports: [${ports}]}}\n---`;
const seeds = (value: string) =>
	`\n{kind: ConfigMap, apiVersion: v1, changed: 50, metadata: {name: seeds}, data: {SEEDS: '${value}'}}\n---\n{kind: StatefulSet, apiVersion: apps/v1, metadata: {name: voices}, spec: {template: {spec: {containers: [{name: v, envFrom: [{configMapRef: {name: seeds}}]}]}}}}\n---`;
const gossip = '{name: gossip, port: 7946, targetPort: gossip}';
const peers = '{name: peers, port: 7946, targetPort: gossip}';
const http = '{name: http, port: 8080}';
const full = '_gossip._tcp.voices.shop.svc.cluster.local';

test.each([
	['has', voices(`${gossip}, ${http}`) + seeds(full), []],
	[
		'has lost since it was asked for',
		voices(`${peers}, ${http}`, 'changed: 5, ') + seeds(full),
		['high srv-name-not-there Service/voices spec.ports[peers].name remedy'],
	],
	[
		'has by another protocol',
		voices('{name: gossip, port: 7946, protocol: UDP}', 'changed: 5, ') + seeds('dns+_gossip._tcp.voices'),
		['high srv-name-not-there Service/voices spec.ports none'],
	],
	[
		'has without a name, asked for in short',
		voices('{port: 7946}', 'changed: 5, ') + seeds('srv+_gossip._tcp.voices'),
		['high srv-name-not-there Service/voices spec.ports[0].name remedy'],
	],
	[
		'never had, since somebody misspelt it',
		voices(gossip, 'changed: 55, ') + seeds('_gosip._tcp.voices'),
		['high srv-name-not-there ConfigMap/seeds data.SEEDS remedy'],
	],
	['stands for the world', seeds('_ldap._tcp.example.com'), []],
])('a name of the SRV kind that its Service %s', (_, yaml, found) => {
	expect(faultLines(dnsFaults, yaml)).toEqual(found);
});

test('a port is called again as it is asked for, where it is the Service that changed', () => {
	expect(surePatches(dnsFaults, voices(`${peers}, ${http}`, 'changed: 5, ') + seeds(full))).toEqual([
		'[{"op":"test","path":"/spec/ports/0/name","value":"peers"},{"op":"replace","path":"/spec/ports/0/name","value":"gossip"}]',
	]);
});

const shop = '\n{kind: Namespace, apiVersion: v1, metadata: {name: shop}}\n---';
const known = coredns(2) + corefile(whole) + kubeDns;
const nameAt = 'Deployment/web spec.template.spec.containers[web].env[URL].value remedy';
const misspelt = [`high cluster-name-misspelt ${nameAt}`];

test.each([
	['http://cart.shop.svc.cluster.local', []],
	['http://cart.shop.svc', []],
	['http://cart.shop', []],
	['http://cart.shop.svc.cluster.locl', misspelt],
	['http://cart.shop.svc.clsuter.local:80/x', misspelt],
	['http://cart.shop.svc.clusters.local', misspelt],
	['http://cart.svc.cluster.local', misspelt],
	['http://cart.svc', misspelt],
	['http://cart.shop.scv.cluster.local', misspelt],
	['http://cart.shop.service.cluster.local', misspelt],
	['http://cart.shop.cluster.local', misspelt],
	['http://cart.svc.shop.cluster.local', misspelt],
	// What could be the domain of this cluster, or a name of the world, is none of ours.
	['http://cart.shop.svc.cluster.lan', []],
	['http://cart.shop.example.com', []],
	['http://cart.shop.svc.clusterset.local', []],
	['http://cart.shop.svc.cluster2.local', []],
])('a name of the form of %s', (url, found) => {
	expect(faultLines(dnsFaults, known + shop + web('', url) + cart)).toEqual(found);
});

test.each([
	['whose domain nobody is told', ''],
	[
		'with a zone of nearly that name',
		known + corefile('clusters.local:53 {\\n    forward . 10.9.9.9\\n}').replace('coredns', 'coredns-custom'),
	],
])('a cluster %s has no names that are misspelt', (_, dns) => {
	expect(faultLines(dnsFaults, dns + shop + web('', 'http://cart.shop.svc.clusters.local') + cart)).toEqual([]);
});

/** Deployment web by a revision. */
const revision = (url: string) =>
	web('', url)
		.replace('kind: Deployment', 'kind: ReplicaSet')
		.replace(
			'{name: web}',
			"{name: web-1, annotations: {deployment.kubernetes.io/revision: '1'}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]}",
		);

test('a name without its namespace gets it, unasked where it had it before', () => {
	const yaml = known + shop + web('', 'http://cart.svc.cluster.local:80/x') + cart;
	expect(surePatches(dnsFaults, yaml)).toEqual([]);
	const now = revision('http://cart.svc.cluster.local:80/x').replace('web-1', 'web-2').replace("revision: '1'", "revision: '2'");
	expect(surePatches(dnsFaults, yaml + revision('http://cart.shop.svc.cluster.local:80/x') + now)).toEqual([
		'[{"op":"test","path":"/spec/template/spec/containers/0/env/0/value","value":"http://cart.svc.cluster.local:80/x"},{"op":"replace","path":"/spec/template/spec/containers/0/env/0/value","value":"http://cart.shop.svc.cluster.local:80/x"}]',
	]);
});

const ledger = (spec = '', pod = '') =>
	`\n{kind: Service, apiVersion: v1, metadata: {name: ledger}, spec: {clusterIP: None, selector: {app: ledger}, ports: [{port: 5432}]}}\n---\n{kind: StatefulSet, apiVersion: apps/v1, metadata: {name: ledger}, spec: {replicas: 2, serviceName: ledger${spec}, selector: {matchLabels: {app: ledger}}, template: {metadata: {labels: {app: ledger}}, spec: {${pod}containers: [{name: ledger}]}}}}\n---`;

test.each([
	['has', 'ledger-1.ledger:5432', ledger(), []],
	['has under its full name', 'ledger-0.ledger.shop.svc.cluster.local:5432', ledger(), []],
	['left out when it numbered anew', 'ledger-0.ledger:5432', ledger(', ordinals: {start: 2}').replace('replicas: 2', 'replicas: 3'), []],
	['calls otherwise', 'ledgers-0.ledger:5432', ledger(), [`high member-name-not-there ${nameAt}`]],
	['has not so many of', 'ledger-2.ledger:5432', ledger(), [`high member-name-not-there ${nameAt}`]],
	['may have, in a list with others', 'ledger-0.ledger:5432,ledger-1.ledger:5432,ledger-2.ledger:5432', ledger(), []],
	['has not, before a Service that is none of names', 'main-9.ledger:5432', ledger().replace('clusterIP: None, ', ''), []],
	['calls by a name of their own', 'main.ledger:5432', ledger('', 'hostname: main, '), []],
])('a pod that a StatefulSet %s', (_, url, objects, found) => {
	expect(faultLines(dnsFaults, shop + web('', url) + objects)).toEqual(found);
});

test('a pod of another name is the one of the same number', () => {
	expect(surePatches(dnsFaults, shop + web('', 'ledgers-1.ledger:5432') + ledger())).toEqual([
		'[{"op":"test","path":"/spec/template/spec/containers/0/env/0/value","value":"ledgers-1.ledger:5432"},{"op":"replace","path":"/spec/template/spec/containers/0/env/0/value","value":"ledger-1.ledger:5432"}]',
	]);
});
