import type {Finding} from '../../../core/finding.ts';
import {type AnyCheck, check} from '../check.ts';
import {broken, type Demand, itemsOf, mendOf, onArguments, onProgram} from './demand.ts';
import {argumentOf} from './program.ts';

type Row = {
	readonly id: string;
	readonly title: string;
	readonly why: string;
	readonly severity: Finding['severity'];
	readonly demands: readonly Demand[];
};

const plugins = 'enable-admission-plugins';
const noPlugins = 'disable-admission-plugins';
const mode = 'authorization-mode';
const file = 'the path of the file';

/**
 * What is demanded of the API server's arguments.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ for the defaults
 */
const rows: readonly Row[] = [
	{
		...{id: 'api-server-anonymous-auth', title: 'The API server takes no requests of those who did not sign in', severity: 'medium'},
		why: 'Requests without a credential reach the rights of system:anonymous, whatever is bound to it.',
		demands: [{flag: 'anonymous-auth', is: 'false', default: 'true'}],
	},
	{
		...{id: 'api-server-basic-auth', title: 'The API server takes no passwords from a file', severity: 'high'},
		why: 'Passwords in a file are in the clear, never end, and change only with a restart.',
		demands: [{flag: 'basic-auth-file', is: 'unset'}],
	},
	{
		...{id: 'api-server-token-file', title: 'The API server takes no tokens from a file', severity: 'high'},
		why: 'Tokens in a file are in the clear, never end, and are taken back only with a restart.',
		demands: [{flag: 'token-auth-file', is: 'unset'}],
	},
	{
		...{id: 'api-server-always-allow', title: 'The API server asks who may do what', severity: 'critical'},
		why: 'The mode AlwaysAllow lets everybody who reaches the API server do everything.',
		demands: [{flag: mode, lacks: 'AlwaysAllow'}],
	},
	{
		...{id: 'api-server-node-authorization', title: 'The API server authorizes kubelets by their node', severity: 'medium'},
		why: 'Without the mode Node a kubelet reads the Secrets of pods that are not its own.',
		demands: [{flag: mode, holds: 'Node'}],
	},
	{
		...{id: 'api-server-rbac', title: 'The API server authorizes by RBAC', severity: 'high'},
		why: 'Without RBAC roles and bindings say nothing, and what counts instead nobody sees in the cluster.',
		demands: [{flag: mode, holds: 'RBAC'}],
	},
	{
		...{id: 'api-server-kubelet-https', title: 'The API server speaks to kubelets over TLS', severity: 'high'},
		why: 'Commands, logs and environment variables of pods pass between API server and kubelets.',
		demands: [{flag: 'kubelet-https', is: 'true', default: 'true'}],
	},
	{
		...{id: 'api-server-kubelet-certificate', title: 'The API server signs in to kubelets with a certificate', severity: 'high'},
		why: 'Without a certificate of its own the API server reaches only kubelets that take everybody.',
		demands: [
			{flag: 'kubelet-client-certificate', is: 'set', to: file},
			{flag: 'kubelet-client-key', is: 'set', to: file},
		],
	},
	{
		...{id: 'api-server-kubelet-authority', title: 'The API server verifies the certificates of kubelets', severity: 'medium'},
		why: 'Who stands between API server and kubelet reads and changes what passes, unless the certificate of the kubelet is verified.',
		demands: [{flag: 'kubelet-certificate-authority', is: 'set', to: file}],
	},
	{
		...{id: 'api-server-always-admit', title: 'The API server does not admit whatever comes', severity: 'high'},
		why: 'The plugin AlwaysAdmit lets every object in.',
		demands: [{flag: plugins, lacks: 'AlwaysAdmit'}],
	},
	{
		...{id: 'api-server-always-pull-images', title: 'Nodes ask for the right to an image at each start', severity: 'low'},
		why: 'Without the plugin AlwaysPullImages a pod runs a private image that some other pod left on the node.',
		demands: [{flag: plugins, holds: 'AlwaysPullImages'}],
	},
	{
		...{id: 'api-server-event-rate-limit', title: 'The API server limits the rate of events', severity: 'low'},
		why: 'A flood of events fills etcd and keeps the API server busy.',
		demands: [{flag: plugins, holds: 'EventRateLimit'}],
	},
	{
		...{id: 'api-server-node-restriction', title: 'Kubelets change nothing but their own node and pods', severity: 'medium'},
		why: 'Without the plugin NodeRestriction the kubelet of one node may relabel others and draw pods to itself.',
		demands: [{flag: plugins, holds: 'NodeRestriction'}],
	},
	{
		...{id: 'api-server-pod-security-policy', title: 'The API server of an old cluster enforces PodSecurityPolicies', severity: 'medium'},
		why: 'Without the plugin PodSecurityPolicy those policies are not looked at, and before 1.23 nothing else stands in their place.',
		demands: [{flag: plugins, holds: 'PodSecurityPolicy'}],
	},
	{
		...{id: 'api-server-service-account-plugin', title: 'The API server gives each pod an account', severity: 'medium'},
		why: 'Without the plugin ServiceAccount nobody sees to it that a pod uses an account of its own namespace.',
		demands: [{flag: noPlugins, lacks: 'ServiceAccount'}],
	},
	{
		...{id: 'api-server-namespace-lifecycle', title: 'The API server takes nothing into a namespace that is going', severity: 'medium'},
		why: 'Without the plugin NamespaceLifecycle objects come into namespaces that end or do not exist, default and kube-system may be deleted.',
		demands: [{flag: noPlugins, lacks: 'NamespaceLifecycle'}],
	},
	{
		...{id: 'api-server-insecure-address', title: 'The API server has no address without TLS', severity: 'critical'},
		why: 'What comes in by the insecure address is neither signed in nor authorized.',
		demands: [{flag: 'insecure-bind-address', is: 'unset'}],
	},
	{
		...{id: 'api-server-insecure-port', title: 'The API server has no port without TLS', severity: 'critical'},
		why: 'What comes in by the insecure port is neither signed in nor authorized.',
		demands: [{flag: 'insecure-port', is: '0', default: '0'}],
	},
	{
		...{id: 'api-server-secure-port', title: 'The API server serves over TLS', severity: 'high'},
		why: 'With the secure port off no request is signed in and authorized.',
		demands: [{flag: 'secure-port', atLeast: 1, default: 6443}],
	},
	{
		...{id: 'api-server-profiling', title: 'The API server serves no profiles', severity: 'low'},
		why: 'Profiles show what the program does inside and cost it time.',
		demands: [{flag: 'profiling', is: 'false', default: 'true'}],
	},
	{
		...{id: 'api-server-audit-log', title: 'The API server writes an audit log', severity: 'medium'},
		why: 'Without an audit log nobody can tell afterwards who did what.',
		demands: [{flag: 'audit-log-path', is: 'set', to: 'the path of the log'}],
	},
	{
		...{id: 'api-server-audit-policy', title: 'The API server has an audit policy', severity: 'medium'},
		why: 'Without a policy nothing is written into the audit log.',
		demands: [{flag: 'audit-policy-file', is: 'set', to: file}],
	},
	{
		...{id: 'api-server-account-lookup', title: 'The API server takes no tokens of accounts that are gone', severity: 'medium'},
		why: 'Without the lookup a token of a deleted account goes on to hold.',
		demands: [{flag: 'service-account-lookup', is: 'true', default: 'true'}],
	},
	{
		...{id: 'api-server-account-key', title: 'The API server verifies tokens of accounts with a key of their own', severity: 'medium'},
		why: 'Without a key of their own, tokens are verified with the key of the server, and neither can be changed without the other.',
		demands: [{flag: 'service-account-key-file', is: 'set', to: file}],
	},
	{
		...{id: 'api-server-etcd-certificate', title: 'The API server signs in to etcd with a certificate', severity: 'high'},
		why: 'Whoever reads etcd reads every Secret: it should take nobody without a certificate.',
		demands: [
			{flag: 'etcd-certfile', is: 'set', to: file},
			{flag: 'etcd-keyfile', is: 'set', to: file},
		],
	},
	{
		...{id: 'api-server-etcd-authority', title: 'The API server verifies the certificate of etcd', severity: 'high'},
		why: 'Without it whoever answers in place of etcd is believed.',
		demands: [{flag: 'etcd-cafile', is: 'set', to: file}],
	},
	{
		...{id: 'api-server-tls', title: 'The API server has a certificate that was made for it', severity: 'high'},
		why: 'Without one the server signs for itself, and clients cannot tell it from another.',
		demands: [
			{flag: 'tls-cert-file', is: 'set', to: file},
			{flag: 'tls-private-key-file', is: 'set', to: file},
		],
	},
	{
		...{id: 'api-server-client-authority', title: 'The API server verifies certificates of clients', severity: 'medium'},
		why: 'Without an authority for clients nobody can sign in with a certificate.',
		demands: [{flag: 'client-ca-file', is: 'set', to: file}],
	},
	{
		...{id: 'api-server-encryption', title: 'Secrets are encrypted in etcd', severity: 'medium'},
		why: 'Without an encryption provider Secrets lie in etcd, its backups and its disks as they are.',
		demands: [{flag: 'encryption-provider-config', is: 'set', to: file}],
	},
];

/** Cipher suites that are known to be weak, as Go counts them. https://pkg.go.dev/crypto/tls#InsecureCipherSuites */
const weakCiphers = [
	...['TLS_RSA_WITH_RC4_128_SHA', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA'],
	...['TLS_RSA_WITH_AES_128_CBC_SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_256_GCM_SHA384'],
	...['TLS_ECDHE_ECDSA_WITH_RC4_128_SHA', 'TLS_ECDHE_RSA_WITH_RC4_128_SHA', 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA'],
	...['TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'],
];

const family = 'control-plane';

/** How the API server was started. */
export const apiServerChecks: readonly AnyCheck[] = [
	...rows.map(({demands, ...row}) => check({...row, family, ...onArguments('kube-apiserver', {}, () => demands)})),
	check({
		...{id: 'api-server-audit-age', family, title: 'The audit log is kept long enough', severity: 'low'},
		why: 'What was found out weeks later must still be in the log.',
		...onArguments('kube-apiserver', {days: 30}, ({days}) => [{flag: 'audit-log-maxage', atLeast: days}]),
	}),
	check({
		...{id: 'api-server-audit-backups', family, title: 'Enough old files of the audit log are kept', severity: 'low'},
		why: 'Whoever writes much drives what they did before out of the log.',
		...onArguments('kube-apiserver', {files: 10}, ({files}) => [{flag: 'audit-log-maxbackup', atLeast: files}]),
	}),
	check({
		...{id: 'api-server-audit-size', family, title: 'Files of the audit log are large enough', severity: 'low'},
		why: 'Whoever writes much drives what they did before out of the log.',
		...onArguments('kube-apiserver', {megabytes: 100}, ({megabytes}) => [{flag: 'audit-log-maxsize', atLeast: megabytes}]),
	}),
	check({
		...{id: 'api-server-request-timeout', family, title: 'Requests to the API server end', severity: 'low'},
		why: 'Requests that may take for ever hold the server until it serves nobody else.',
		...onProgram('kube-apiserver', {seconds: 300}, (program, {seconds}) => {
			const given = argumentOf(program, 'request-timeout');
			if (given === undefined || secondsOf(given.value) <= seconds) return [];
			const mend = mendOf(given.path, given.flag, {value: '60s'}, given.rest);
			return [{path: given.path, evidence: `--request-timeout is ${given.value}`, mend}];
		}),
	}),
	check({
		...{
			id: 'api-server-external-addresses',
			family,
			title: 'The plugin for external addresses of Services is as demanded',
			severity: 'medium',
		},
		why: 'Without DenyServiceExternalIPs whoever creates a Service takes the traffic of any address. Older benchmarks demand that it is off.',
		...onArguments('kube-apiserver', {enabled: true}, ({enabled}) => {
			const [flag, plugin] = [plugins, 'DenyServiceExternalIPs'];
			return [enabled ? {flag, holds: plugin} : {flag, lacks: plugin}];
		}),
	}),
	check({
		...{id: 'api-server-security-context-deny', family, title: 'Something in the API server holds pods to a standard', severity: 'medium'},
		why: 'Without PodSecurityPolicy the API server of an old cluster lets any security context in, unless SecurityContextDeny is on.',
		...onProgram('kube-apiserver', {}, program => {
			const given = argumentOf(program, plugins);
			if (given !== undefined && itemsOf(given).includes('PodSecurityPolicy')) return [];
			return broken(program, [{flag: plugins, holds: 'SecurityContextDeny'}]);
		}),
	}),
	check({
		...{id: 'api-server-ciphers', family, title: 'The API server offers only strong cipher suites', severity: 'medium'},
		why: 'With a weak cipher suite whoever listens may read what passes, today or later.',
		...onProgram('kube-apiserver', {weak: weakCiphers, strong: [] as readonly string[]}, (program, {weak, strong}) => {
			const flag = 'tls-cipher-suites';
			const given = argumentOf(program, flag);
			if (given === undefined) return broken(program, [{flag, is: 'set', to: 'the suites that are strong'}]);
			const isBad = (suite: string) => (strong.length > 0 ? !strong.includes(suite) : weak.includes(suite));
			const bad = itemsOf(given).filter(isBad);
			if (bad.length === 0) return [];
			const left = itemsOf(given).filter(suite => !isBad(suite));
			const wanted = left.length === 0 ? {ask: 'the suites that are strong'} : {value: left.join(',')};
			return [{path: given.path, evidence: `--${flag} offers ${bad.join(', ')}`, mend: mendOf(given.path, flag, wanted, given.rest)}];
		}),
	}),
];

/** `1m30s`, `60s`, `60`: seconds; infinite for 0, which is no limit. */
function secondsOf(text: string): number {
	const units: {readonly [unit: string]: number} = {h: 3600, m: 60, s: 1, ms: 0.001};
	const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)?/g)];
	const sum = parts.reduce((total, [, number, unit = 's']) => total + Number(number) * (units[unit] ?? 1), 0);
	return sum === 0 ? Number.POSITIVE_INFINITY : sum;
}
