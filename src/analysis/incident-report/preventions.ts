import type {Family} from '../diagnosis/classes/fault-class.ts';

const inCi = 'Capture the cluster, or a test cluster with the new manifests, in CI and let it fail: mkcoa incident detect --fail-on high';
const reviewed =
	'Let changes of it go through review and a dry run against the server (kubectl diff, or mkcoa with --dry-run) before they are applied';

/** What keeps faults of a family from coming back: little, and only what helps against them. */
const byFamily: {readonly [family in Family]: readonly string[]} = {
	service: [
		'Keep the labels, ports and selectors of a workload and its Service in one chart or kustomization, so that none is renamed alone',
		inCi,
	],
	ingress: ['Ask each host from outside all the time (a blackbox probe) and alert on its answer, not on pods alone', inCi],
	tls: [
		'Let certificates be renewed by a controller such as cert-manager, and alert a fortnight before one ends',
		'See what ends soon: mkcoa incident prevent',
	],
	config: [
		'Make ConfigMaps and Secrets with the workload that reads them, under names that change with their content (kustomize generators), so that a rollout meets a missing key and a rollback finds the old one',
		inCi,
	],
	pod: [
		'Bring new versions out as a canary or with a deadline and a way back (mkcoa deploy canary), so that a version that does not start serves nobody',
		'Give containers startup and readiness probes, and start the very image in CI with the limits of production',
	],
	dns: ['Probe names from inside the cluster and alert on failing lookups', reviewed],
	storage: ['Alert on claims that wait for more than some minutes, and on volumes that fill: mkcoa incident prevent', reviewed],
	scheduling: [
		'Alert on pods that wait for a node for more than some minutes, and keep room for one node less',
		'See whether quotas and nodes have room for what the autoscalers may ask for: mkcoa incident prevent',
	],
	admission: [
		'Try new manifests with a server-side dry run in the namespace where they go: quotas, LimitRanges, Pod Security and webhooks answer it',
		inCi,
	],
	autoscaling: ['Alert on autoscalers that cannot read their metric or stand at their maximum for long', inCi],
	disruption: ['Drain a node of a test cluster in CI, or once a month: a budget that can never be met is met there first', inCi],
	rollout: ['Set progressDeadlineSeconds and alert on a rollout that does not progress, and roll back by itself (mkcoa deploy)', inCi],
	rbac: [
		'Ask in CI whether the ServiceAccount may do what its program does (kubectl auth can-i --as), and keep the Role in one chart with it',
		inCi,
	],
	network: ['Test each way that must be open, and one that must not be, after each change of a NetworkPolicy', inCi],
	batch: ['Alert on the time since the last success of a CronJob, not on failures: a run that never starts does not fail', inCi],
	lifecycle: ['Remove controllers after the objects whose finalizers they own, and alert on deletions that last for more than an hour'],
	node: [
		'Alert on conditions of nodes (pressure, not ready) before pods are evicted, and let nodes be replaced by themselves',
		'See what fills up: mkcoa incident prevent',
	],
	'control-plane': [
		'Alert on APIServices that are not available and on webhooks that do not answer',
		'Give webhooks a failurePolicy, a timeout and a namespaceSelector with which the cluster lives on without them',
	],
};

/** What would keep faults of this family from coming back. */
export const preventionsOf = (family: Family): readonly string[] => byFamily[family];
