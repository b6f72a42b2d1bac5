import type {Finding} from '../../core/finding.ts';
import type {ActorKind} from './actor.ts';
import type {AuditEvent, AuditLevel} from './audit-event.ts';

/** A technique of MITRE ATT&CK and the tactic that it serves here. @see https://attack.mitre.org/ */
type Attack = {readonly tactic: Tactic; readonly technique: string};

/** Tactics of ATT&CK for Enterprise that show in what a cluster is asked. */
export const tactics = {
	'initial-access': 'TA0001',
	execution: 'TA0002',
	persistence: 'TA0003',
	'privilege-escalation': 'TA0004',
	'defense-evasion': 'TA0005',
	'credential-access': 'TA0006',
	discovery: 'TA0007',
	'lateral-movement': 'TA0008',
	collection: 'TA0009',
	'command-and-control': 'TA0011',
	exfiltration: 'TA0010',
	impact: 'TA0040',
} as const;
type Tactic = keyof typeof tactics;

/** What only the owner of a cluster knows. `undefined`: nobody said, so what rests on it is not checked. */
export type AuditSettings = {
	readonly knownUsers?: readonly string[] | undefined;
	readonly knownNamespaces?: readonly string[] | undefined;
	readonly knownNodes?: readonly string[] | undefined;
	/** People whose every request is to be told: they can do everything. */
	readonly fullAdmins?: readonly string[] | undefined;
	/** Repositories of images that may run, without tags. */
	readonly allowedImages?: readonly string[] | undefined;
	/** Repositories whose pods may have what else is told. */
	readonly trustedImages: readonly string[];
	/** Folders of a node that no pod needs to see. */
	readonly sensitivePaths: readonly string[];
	/** What the keys and values of a ConfigMap should not hold. */
	readonly credentialWords: readonly string[];
	/** Tells what the control plane, nodes and programs do at their ordinary work, too. */
	readonly tellsOrdinary: boolean;
};

/** What is taken where nobody says otherwise. */
export const usualSettings: AuditSettings = {
	trustedImages: [],
	sensitivePaths: [
		...['/', '/etc', '/root', '/home', '/proc', '/sys', '/dev', '/boot', '/var', '/var/run', '/run', '/var/log', '/var/lib'],
		...['/var/run/docker.sock', '/run/docker.sock', '/var/run/crio/crio.sock', '/run/crio/crio.sock'],
		...['/var/run/containerd/containerd.sock', '/run/containerd/containerd.sock', '/run/containerd', '/run/k3s/containerd/containerd.sock'],
		...['/var/lib/kubelet', '/var/lib/kubelet/pki', '/var/lib/kubelet/pods', '/var/lib/docker', '/var/lib/containerd', '/var/lib/etcd'],
		...['/etc/kubernetes', '/etc/kubernetes/manifests', '/etc/kubernetes/pki', '/etc/cni/net.d', '/opt/cni/bin', '/root/.ssh', '/etc/ssh'],
	],
	credentialWords: [
		...['aws_access_key_id', 'aws-access-key-id', 'aws_s3_access_key_id', 'aws-s3-access-key-id', 'aws_secret_access_key'],
		...['password', 'passphrase', 'PRIVATE KEY-----', 'client_secret', 'api_key', 'apikey'],
	],
	tellsOrdinary: false,
};

/** What a rule saw in one event. `severity` in place of the rule's own. */
export type Sighting = {readonly detail: string; readonly severity?: Finding['severity'] | undefined};

export type Severity = Finding['severity'];

/** What both kinds of rules tell of themselves. */
export type Described = {
	/** Kebab-case, a promise: exceptions and reports name it. */
	readonly id: string;
	/** What happened, as a short sentence without a subject: `Ran a command in a pod`. */
	readonly title: string;
	/** What somebody with bad intent gains by it. */
	readonly why: string;
	readonly severity: Severity;
	readonly attack: readonly Attack[];
	/** What it looks like where nothing is wrong. */
	readonly falsePositives: string;
	/** What to do about it, least first. */
	readonly remedy: string;
	/** The least level at which the log holds what it reads. */
	readonly needs: AuditLevel;
};

/** One kind of thing worth telling, seen in one event. A pure predicate. */
export type Rule = Described & {
	/** Resources with their subresource, such as `pods/exec`; every request if left out. */
	readonly resources?: readonly string[];
	readonly verbs?: readonly string[];
	/**
	 * `end`: when the answer is complete. `start`: as soon as the answer begins, for streams that last; at its end where the log leaves the beginning
	 * out, and never twice for one request.
	 */
	readonly stage: 'end' | 'start';
	/** `done`: only what succeeded. Else attempts are told, too, one step less grave. */
	readonly outcome: 'done' | 'any';
	/** Settings without which it cannot be checked. */
	readonly setting?: keyof AuditSettings;
	/** `everybody`: also what the control plane and kubelets do by themselves. */
	readonly actors?: 'everybody';
	readonly look: (event: AuditEvent, around: {readonly settings: AuditSettings; readonly actor: ActorKind}) => Sighting | undefined;
};

/** What is only seen in several requests together. It keeps no more than a bounded memory of them. */
export type Sequence = Described & {
	readonly resources?: readonly string[];
	/** Begins with nothing seen; called with each event in the order of the log. */
	readonly begin: () => (event: AuditEvent, actor: ActorKind) => Sighting | undefined;
};

export const writeVerbs: readonly string[] = ['create', 'update', 'patch', 'delete', 'deletecollection'];
export const putVerbs: readonly string[] = ['create', 'update', 'patch'];

/** Most rules look at one kind of request that succeeded or failed, when its answer is complete. */
export const rule = (made: Omit<Rule, 'stage' | 'outcome'> & Partial<Pick<Rule, 'stage' | 'outcome'>>): Rule => ({
	stage: 'end',
	outcome: 'any',
	...made,
});
