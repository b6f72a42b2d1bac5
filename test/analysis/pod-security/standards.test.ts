import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {podViolations} from '../../../src/analysis/pod-security/standard.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const folder = `${process.env.MKCOA_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url))}/data/security/pod-security-standards`;
const isHere = existsSync(`${folder}/index.json`);

type Case = {
	readonly level: 'baseline' | 'restricted';
	readonly version: string;
	readonly expect: 'pass' | 'fail';
	readonly control: string;
	readonly pod: string;
};

/** The reason that each control gives, by the name of the control. */
const reasons: {readonly [control: string]: RegExp} = {
	allowprivilegeescalation: /allowPrivilegeEscalation/,
	apparmorprofile: /AppArmor/,
	capabilities_baseline: /capabilities/,
	capabilities_restricted: /unrestricted capabilities/,
	hostnamespaces: /host namespaces/,
	hostpathvolumes: /hostPath volumes|restricted volume types/,
	hostports: /hostPort/,
	hostprobesandhostlifecycle: /probe or lifecycle host/,
	privileged: /^privileged$/,
	procmount: /procMount/,
	procmount_restricted: /procMount/,
	restrictedvolumes: /restricted volume types/,
	runasnonroot: /runAsNonRoot/,
	runasuser: /runAsUser/,
	seccompprofile_baseline: /seccompProfile/,
	seccompprofile_restricted: /seccompProfile/,
	selinuxoptions: /seLinuxOptions/,
	sysctls: /sysctls/,
	windowshostprocess: /hostProcess/,
};

const cases: readonly Case[] = isHere
	? JSON.parse(readFileSync(`${folder}/index.json`, 'utf8')).filter(({version}: Case) => version === 'v1.36')
	: [];

test.runIf(isHere)('judges every pod of the standards as the server does, for the reason that the case names', () => {
	const misses = cases.flatMap(({level, version, expect: wanted, control, pod}) => {
		const found = podViolations(level, parse(readFileSync(`${folder}/${pod}`, 'utf8')) as KubeObject).map(({reason}) => reason);
		const right = wanted === 'pass' ? found.length === 0 : found.some(reason => reasons[control]?.test(reason));
		return right ? [] : [{level, version, wanted, control, pod, found}];
	});
	expect(cases.length).toBeGreaterThan(100);
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
		'forbidden AppArmor profile (annotation must not set AppArmor profile type to "container.apparmor.security.beta.kubernetes.io/a=\\"unconfined\\"")',
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
