import {readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Program} from './control-plane.ts';
import type {KubeletConfig} from './kubelet/play.ts';

/** A data store that never waits for the disk: nothing in it outlives the test. */
export function etcd(folder: string, clientUrl: string, peerUrl: string): Program {
	const args = [
		`--data-dir=${join(folder, 'etcd')}`,
		`--listen-client-urls=${clientUrl}`,
		`--advertise-client-urls=${clientUrl}`,
		`--listen-peer-urls=${peerUrl}`,
		`--initial-advertise-peer-urls=${peerUrl}`,
		`--initial-cluster=default=${peerUrl}`,
		'--unsafe-no-fsync',
		'--log-level=warn',
	];
	return {name: 'etcd', args};
}

type ServerFiles = {
	readonly auditLog: string;
	readonly frontProxy: {readonly cert: string; readonly key: string};
	/** Socket of a proxy by which pods are reached. */
	readonly network: string | undefined;
	/** Takes privileged containers, as the clusters of most people do. */
};

/** How the server reaches pods, by a socket. @returns the path of the file that says so */
function egress(folder: string, udsName: string): string {
	const file = join(folder, 'egress.json');
	const connection = {proxyProtocol: 'HTTPConnect', transport: {uds: {udsName}}};
	const kind = {apiVersion: 'apiserver.k8s.io/v1beta1', kind: 'EgressSelectorConfiguration'};
	writeFileSync(file, JSON.stringify({...kind, egressSelections: [{name: 'cluster', connection}]}));
	return file;
}

/** The certificate is made by the server itself, into `pki/apiserver.crt` of the folder. */
export function apiServer(folder: string, port: number, etcdUrl: string, {auditLog, frontProxy, network}: ServerFiles): Program {
	const args = [
		`--etcd-servers=${etcdUrl}`,
		'--bind-address=127.0.0.1',
		'--advertise-address=127.0.0.1',
		`--secure-port=${port}`,
		`--cert-dir=${join(folder, 'pki')}`,
		'--service-account-issuer=https://kubernetes.default.svc',
		`--service-account-key-file=${join(folder, 'sa.pub')}`,
		`--service-account-signing-key-file=${join(folder, 'sa.key')}`,
		`--token-auth-file=${join(folder, 'tokens.csv')}`,
		'--authorization-mode=Node,RBAC',
		// As installers set it: which pods are let in is for policies to say.
		'--allow-privileged=true',
		'--service-cluster-ip-range=10.96.0.0/16',
		// Without this the server waits at its end for a lease that nobody reads.
		'--endpoint-reconciler-type=none',
		`--audit-policy-file=${join(folder, 'audit-policy.yaml')}`,
		`--audit-log-path=${auditLog}`,
		// The addresses of nodes lead nowhere but for this one.
		'--kubelet-preferred-address-types=ExternalIP',
		`--requestheader-client-ca-file=${frontProxy.cert}`,
		'--requestheader-username-headers=X-Remote-User',
		'--requestheader-group-headers=X-Remote-Group',
		'--requestheader-extra-headers-prefix=X-Remote-Extra-',
		`--proxy-client-cert-file=${frontProxy.cert}`,
		`--proxy-client-key-file=${frontProxy.key}`,
		...(network === undefined ? [] : [`--egress-selector-config-file=${egress(folder, network)}`]),
	];
	return {name: 'kube-apiserver', args};
}

export function controllerManager(folder: string, kubeconfig: string): Program {
	const args = [
		`--kubeconfig=${kubeconfig}`,
		`--service-account-private-key-file=${join(folder, 'sa.key')}`,
		'--use-service-account-credentials',
		// At its own 20 requests a second it needs four seconds to start all controllers.
		'--kube-api-qps=1000',
		'--kube-api-burst=2000',
		// A node stays tainted as not ready until the next look at it, five seconds by default.
		'--node-monitor-period=1s',
		// Fifteen seconds by default, which a test of an autoscaler would wait.
		'--horizontal-pod-autoscaler-sync-period=1s',
		'--leader-elect=false',
		'--secure-port=0',
	];
	return {name: 'kube-controller-manager', args};
}

export const scheduler = (kubeconfig: string): Program => ({
	name: 'kube-scheduler',
	args: [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0'],
});

const stages = join(import.meta.dirname, 'stages');

/** Gives pods their lives, and answers what is asked of kubelets. */
export function kubelets(folder: string, config: KubeletConfig): Program {
	const file = join(folder, 'kubelet.json');
	writeFileSync(file, JSON.stringify(config), {mode: 0o600});
	return {name: 'kubelet', script: join(import.meta.dirname, 'kubelet', 'main.ts'), args: [file]};
}

/** Keeps nodes by the stages of `stages/`. Without the node leases every node turns NotReady after 50 s and its pods never come back. */
export function kwok(kubeconfig: string, kubeletPort: number): Program {
	const files = readdirSync(stages).filter(file => file.endsWith('.yaml'));
	const args = [
		`--kubeconfig=${kubeconfig}`,
		'--manage-all-nodes=true',
		'--node-lease-duration-seconds=40',
		`--node-port=${kubeletPort}`,
		// It would serve at the node's port, for everybody; what it answers to is of no use here.
		'--server-address=127.0.0.1:0',
		...files.map(file => `--config=${join(stages, file)}`),
	];
	return {name: 'kwok', args};
}
