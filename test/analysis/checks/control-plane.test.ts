import {expect, test} from 'vitest';
import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import {runChecks} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import {faultsOf, object, pod} from './look.ts';

const at = 'spec.containers[0]';
const started = (command: readonly string[], args?: readonly string[]) =>
	pod('kube-system/cp', {command, ...(args === undefined ? {} : {args})});

test.each<[string, readonly string[], readonly string[]]>([
	['api-server-anonymous-auth', ['kube-apiserver'], [`${at}.command[1]`]],
	['api-server-anonymous-auth', ['kube-apiserver', '--anonymous-auth=false'], []],
	['api-server-anonymous-auth', ['kube-apiserver', '--anonymous-auth', 'false'], []],
	['api-server-anonymous-auth', ['/usr/local/bin/kube-apiserver', '--anonymous-auth=true'], [`${at}.command[1]`]],
	// Of several the last counts.
	['api-server-anonymous-auth', ['kube-apiserver', '--anonymous-auth=true', '--anonymous-auth=false'], []],
	['api-server-rbac', ['kube-apiserver', '--authorization-mode=Node'], [`${at}.command[1]`]],
	['api-server-rbac', ['kube-apiserver', '--authorization-mode=Node,RBAC'], []],
	['api-server-token-file', ['kube-apiserver', '--profiling=false --token-auth-file=/x'], [`${at}.command[1]`]],
	['api-server-token-file', ['kube-apiserver', '--enable-bootstrap-token-auth=true'], []],
	['api-server-namespace-lifecycle', ['kube-apiserver', '--disable-admission-plugins=NamespaceLifecycle,X'], [`${at}.command[1]`]],
	['api-server-namespace-lifecycle', ['kube-apiserver'], []],
	['api-server-etcd-certificate', ['kube-apiserver'], [`${at}.command[1] ${at}.command[2]`]],
	['api-server-etcd-certificate', ['kube-apiserver', '--etcd-certfile=a', '--etcd-keyfile=b'], []],
	['api-server-audit-age', ['kube-apiserver', '--audit-log-maxage=29'], [`${at}.command[1]`]],
	['api-server-audit-age', ['kube-apiserver', '--audit-log-maxage=30'], []],
	['api-server-audit-age', ['kube-apiserver', '--audit-log-maxage=many'], [`${at}.command[1]`]],
	['api-server-secure-port', ['kube-apiserver'], []],
	['api-server-secure-port', ['kube-apiserver', '--secure-port=0'], [`${at}.command[1]`]],
	['api-server-ciphers', ['kube-apiserver', '--tls-cipher-suites=TLS_RSA_WITH_RC4_128_SHA'], [`${at}.command[1]`]],
	['api-server-ciphers', ['kube-apiserver', '--tls-cipher-suites=TLS_AES_128_GCM_SHA256'], []],
	['api-server-ciphers', ['kube-apiserver'], [`${at}.command[1]`]],
	['api-server-request-timeout', ['kube-apiserver', '--request-timeout=1h'], [`${at}.command[1]`]],
	['api-server-request-timeout', ['kube-apiserver', '--request-timeout=1m30s'], []],
	['api-server-request-timeout', ['kube-apiserver', '--request-timeout=0'], [`${at}.command[1]`]],
	['controller-manager-address', ['kube-controller-manager'], [`${at}.command[1]`]],
	['controller-manager-address', ['kube-controller-manager', '--bind-address=127.0.0.1'], []],
	[
		'controller-manager-kubelet-certificates',
		['kube-controller-manager', '--feature-gates=A=true,RotateKubeletServerCertificate=false'],
		[`${at}.command[1]`],
	],
	['scheduler-profiling', ['kube-scheduler', '--profiling'], [`${at}.command[1]`]],
	['etcd-client-certificates', ['etcd', '-client-cert-auth'], []],
	['etcd-client-certificates', ['etcd', '--client-cert-auth=false'], [`${at}.command[1]`]],
	['etcd-peer-self-signed', ['etcd'], []],
	['etcd-peer-self-signed', ['etcd', '--peer-auto-tls=true'], [`${at}.command[1]`]],
])('%s of %j', (id, command, paths) => {
	expect(faultsOf(id, [started(command)])).toEqual(paths.map(path => `Pod kube-system/cp ${path}`));
});

test('arguments are read wherever they stand, and a missing one goes where the others are', () => {
	expect(faultsOf('api-server-profiling', [started(['kube-apiserver'], ['--a=1', '--profiling=false'])])).toEqual([]);
	expect(faultsOf('api-server-profiling', [started(['kube-apiserver'], ['--a=1'])])).toEqual([`Pod kube-system/cp ${at}.args[1]`]);
	expect(faultsOf('api-server-profiling', [started(['/bin/sh', '-c', 'exec /bin/kube-apiserver --profiling=false'])])).toEqual([]);
	const byImage = pod('kube-system/cp', {image: 'registry.k8s.io/kube-apiserver:v1.36.0', args: ['--profiling=false']});
	expect(faultsOf('api-server-profiling', [byImage])).toEqual([]);
});

test.each([
	[['kube-apiserver', '--token-auth-file=/x'], {path: `${at}.command[1]`, remove: true}],
	[['kube-apiserver', '--a=1 --token-auth-file=/x'], {path: `${at}.command[1]`, value: '--a=1'}],
])('taking a flag out of %j leaves the others', (command, mend) => {
	const checks = allChecks.filter(({id}) => id === 'api-server-token-file');
	const [verdict] = runChecks(checks, worldOf([started(command)]), {unread: new Map()});
	expect(verdict).toMatchObject({status: 'fail', faults: [{mends: [mend]}]});
});

test('a plugin is added to those that are there', () => {
	const checks = allChecks.filter(({id}) => id === 'api-server-node-restriction');
	const world = worldOf([started(['kube-apiserver', '--enable-admission-plugins=A,B'])]);
	expect(runChecks(checks, world, {unread: new Map()})).toMatchObject([
		{faults: [{mends: [{path: `${at}.command[1]`, value: '--enable-admission-plugins=A,B,NodeRestriction'}]}]},
	]);
});

test('the plugin against external addresses may be demanded off', () => {
	const on = started(['kube-apiserver', '--enable-admission-plugins=DenyServiceExternalIPs']);
	expect(faultsOf('api-server-external-addresses', [on])).toEqual([]);
	expect(faultsOf('api-server-external-addresses', [on], {enabled: false})).toHaveLength(1);
});

test('etcd with the authority of the API server is told of, with both fields', () => {
	const server = (file: string) => pod('kube-system/api', {command: ['kube-apiserver', `--client-ca-file=${file}`]});
	const etcd = started(['etcd', '--trusted-ca-file=/ca.crt']);
	expect(faultsOf('etcd-own-authority', [etcd, server('/ca.crt')])).toEqual([`Pod kube-system/cp ${at}.command[1] Pod:${at}.command[1]`]);
	expect(faultsOf('etcd-own-authority', [etcd, server('/other.crt')])).toEqual([]);
});

test('a pod that only talks of the API server is none', () => {
	expect(faultsOf('api-server-profiling', [pod('shop/web', {command: ['curl', 'kube-apiserver']}), object('v1 Pod shop/odd')])).toEqual([]);
});
