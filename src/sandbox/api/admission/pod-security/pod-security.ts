import type {Violation} from '../../../../analysis/pod-security/baseline-checks.ts';
import {policyOf, standardText} from '../../../../analysis/pod-security/namespace-policy.ts';
import {podSecurityLevels, podViolations, type Standard} from '../../../../analysis/pod-security/standard.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Cluster} from '../../cluster.ts';
import {forbiddenChange} from '../../errors.ts';
import type {Resource} from '../../resource.ts';
import {servedMinor} from '../../served-version.ts';

const rank = ({level}: Standard) => podSecurityLevels.indexOf(level);

const told = (standard: Standard, found: readonly Violation[]) =>
	`PodSecurity ${JSON.stringify(standardText(standard))}: ${found.map(({reason, detail}) => `${reason} (${detail})`).join(', ')}`;

/** No server knows a later standard than its own. */
const violations = ({level, minor}: Standard, object: KubeObject) => podViolations(level, object, Math.min(minor, servedMinor));

const policyIn = (cluster: Cluster, namespace: string | undefined) =>
	policyOf(cluster.store.get('namespaces', undefined, namespace ?? '')?.metadata.labels);

/** Throws 403 for a new pod that its namespace does not allow. */
export function checkPodSecurity(cluster: Cluster, resource: Resource, pod: KubeObject): void {
	if (pod.kind !== 'Pod' || pod.apiVersion !== 'v1') return;
	const {enforce} = policyIn(cluster, pod.metadata.namespace);
	const found = violations(enforce, pod);
	if (found.length > 0) throw forbiddenChange(resource, pod.metadata.name, `violates ${told(enforce, found)}`);
}

const workloads = new Set([
	'Deployment',
	'ReplicaSet',
	'StatefulSet',
	'DaemonSet',
	'Job',
	'CronJob',
	'ReplicationController',
	'PodTemplate',
]);
const isWorkload = ({apiVersion, kind}: KubeObject) => workloads.has(kind) && /^(apps\/|batch\/|v1$)/.test(apiVersion);

/** What the server remarks on a write: pods that would be refused, and pods that stand under a namespace's new level. */
export function podSecurityWarnings(cluster: Cluster, before: KubeObject | undefined, after: KubeObject): readonly string[] {
	if (after.kind === 'Namespace' && before !== undefined) return namespaceWarnings(cluster, before, after);
	if (!isWorkload(after) && !(after.kind === 'Pod' && before === undefined)) return [];
	const {warn} = policyIn(cluster, after.metadata.namespace);
	const found = violations(warn, after);
	return found.length === 0 ? [] : [`would violate ${told(warn, found)}`];
}

function namespaceWarnings(cluster: Cluster, before: KubeObject, {metadata}: KubeObject): readonly string[] {
	const old = policyOf(before.metadata.labels).enforce;
	const {enforce} = policyOf(metadata.labels);
	if (enforce.minor === old.minor && rank(enforce) <= rank(old)) return [];
	const pods = cluster.store.list('pods').filter(pod => pod.metadata.namespace === metadata.name);
	const byReasons = Map.groupBy(pods, pod =>
		violations(enforce, pod)
			.map(({reason}) => reason)
			.join(', '),
	);
	byReasons.delete('');
	if (byReasons.size === 0) return [];
	const title = `existing pods in namespace ${JSON.stringify(metadata.name)} violate the new PodSecurity enforce level`;
	const lines = [...byReasons].map(([reasons, group]) => `${firstOf(group)}: ${reasons}`);
	return [`${title} ${JSON.stringify(standardText(enforce))}`, ...lines.sort()];
}

function firstOf(pods: readonly KubeObject[]): string {
	const [first = ''] = pods.map(({metadata}) => metadata.name).sort();
	const others = pods.length - 1;
	return others === 0 ? first : `${first} (and ${others} other ${others === 1 ? 'pod' : 'pods'})`;
}
