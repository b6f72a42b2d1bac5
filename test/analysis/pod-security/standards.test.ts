import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {policyOf, standardText} from '../../../src/analysis/pod-security/namespace-policy.ts';
import {podViolations} from '../../../src/analysis/pod-security/standard.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {pssSet} from '../../grade/pss/pss-set.ts';

const folder = `${process.env.MKCOA_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url))}/data/security/pod-security-standards`;
const isHere = existsSync(`${folder}/index.json`);

test.runIf(isHere)('judges every pod of the standards in every version as the server does, by the control that the case names', () => {
	const {total, misses} = pssSet(folder);
	expect(total).toBeGreaterThan(2000);
	expect(misses).toEqual([]);
});

const podOf = (spec: object, annotations = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name: 'p', annotations},
	spec: {containers: [{name: 'a', image: 'x'}], ...spec},
});

// Expected words are those of k8s.io/pod-security-admission 0.36.3.
test.each<[object, object, string]>([
	[
		{securityContext: {seLinuxOptions: {type: 'spc_t', user: 'root'}}},
		{},
		'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "spc_t"; user may not be set)',
	],
	[
		{},
		{'container.apparmor.security.beta.kubernetes.io/a': 'unconfined'},
		'forbidden AppArmor profile (annotation must not set AppArmor profile type to "container.apparmor.security.beta.kubernetes.io/a="unconfined"")',
	],
	[
		{containers: [{name: 'a', livenessProbe: {httpGet: {host: '10.0.0.1', port: 80}}}]},
		{},
		'probe or lifecycle host (container "a" uses probe or lifecycle host "10.0.0.1")',
	],
	[{securityContext: {sysctls: [{name: 'kernel.msgmax'}, {name: 'net.ipv4.tcp_rmem'}]}}, {}, 'forbidden sysctls (kernel.msgmax)'],
	[
		{securityContext: {windowsOptions: {hostProcess: true}}},
		{},
		'hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)',
	],
])('the baseline says of %j %j: %s', (spec, annotations, words) => {
	expect(podViolations('baseline', podOf(spec, annotations)).map(({reason, detail}) => `${reason} (${detail})`)).toEqual([words]);
});

test('the pods of a workload are judged by its template, and an object without pods by nothing', () => {
	const template = {metadata: {}, spec: {hostNetwork: true, containers: [{name: 'a'}]}};
	const deployment: KubeObject = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'd'}, spec: {template}};
	expect(podViolations('baseline', deployment)).toMatchObject([{reason: 'host namespaces'}]);
	expect(podViolations('restricted', {apiVersion: 'v1', kind: 'Service', metadata: {name: 's'}, spec: {ports: []}})).toEqual([]);
});

const annotated = {'container.seccomp.security.alpha.kubernetes.io/a': 'unconfined'};
const unconfined = {securityContext: {seccompProfile: {type: 'Unconfined'}}};
const hardened = {
	...{allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: ['ALL']}},
	seccompProfile: {type: 'RuntimeDefault'},
};
const sysctl = (name: string) => ({securityContext: {sysctls: [{name: `net.ipv4.${name}`, value: '1'}]}});
const probe = {containers: [{name: 'a', livenessProbe: {tcpSocket: {host: '10.0.0.1', port: 80}}}]};
const engine = {securityContext: {seLinuxOptions: {type: 'container_engine_t'}}};
const ownUsers = {hostUsers: false, containers: [{name: 'a', securityContext: {...hardened, runAsNonRoot: false, runAsUser: 0}}]};
const unmasked = {hostUsers: false, containers: [{name: 'a', securityContext: {...hardened, procMount: 'Unmasked'}}]};
const onWindows = {os: {name: 'windows'}, containers: [{name: 'a', securityContext: {runAsNonRoot: true}}]};

// Each pair stands on both sides of the version that changed the rule.
test.each<['baseline' | 'restricted', object, object, number, readonly string[], readonly string[]]>([
	['baseline', {}, annotated, 19, ['seccompProfile_baseline'], []],
	['baseline', unconfined, {}, 19, [], ['seccompProfile_baseline']],
	['baseline', sysctl('ip_local_reserved_ports'), {}, 27, ['sysctls'], []],
	['baseline', sysctl('tcp_keepalive_time'), {}, 29, ['sysctls'], []],
	['baseline', sysctl('tcp_wmem'), {}, 32, ['sysctls'], []],
	['baseline', sysctl('tcp_notsent_lowat'), {}, 37, ['sysctls'], []],
	['baseline', engine, {}, 31, ['seLinuxOptions'], []],
	['baseline', probe, {}, 34, [], ['hostProbesAndHostLifecycle']],
	['baseline', unmasked, {}, 35, ['procMount'], []],
	['restricted', unmasked, {}, 35, ['procMount'], ['procMount_restricted']],
	['restricted', ownUsers, {}, 35, ['runAsNonRoot', 'runAsUser'], []],
	['restricted', ownUsers, {}, 23, ['runAsNonRoot'], ['runAsNonRoot', 'runAsUser']],
	['restricted', onWindows, {}, 25, ['allowPrivilegeEscalation', 'capabilities_restricted', 'seccompProfile_restricted'], []],
	[
		'restricted',
		{containers: [{name: 'a', securityContext: {...hardened, capabilities: {add: ['CHOWN']}}}]},
		{},
		22,
		[],
		['capabilities_restricted'],
	],
	['restricted', {securityContext: {runAsNonRoot: true}}, {}, 8, [], ['allowPrivilegeEscalation']],
])('%s: a rule changes: %j %j in 1.%i', (level, spec, annotations, minor, before, since) => {
	const at = (version: number) => podViolations(level, podOf(spec, annotations), version).map(({control}) => control);
	expect([at(minor - 1), at(minor)]).toEqual([before, since]);
});

test('a namespace without a version is judged by the latest, and a version that nobody can read too', () => {
	const enforced = (labels: {readonly [name: string]: string}) =>
		policyOf({'pod-security.kubernetes.io/enforce': 'baseline', ...labels}).enforce;
	const version = (text: string) => enforced({'pod-security.kubernetes.io/enforce-version': text});
	expect([enforced({}), version('v1.24'), version('1.24'), version('latest')].map(standardText)).toEqual([
		...['baseline:latest', 'baseline:v1.24', 'baseline:latest', 'baseline:latest'],
	]);
});
