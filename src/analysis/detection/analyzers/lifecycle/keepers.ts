import {listAt, numberAt, textAt} from '../../../../core/kube/json-at.ts';
import {groupOf, type KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import {grantsOf, type Holder, isSystemHolder} from '../../../access/grants.ts';
import {allowingGrants} from '../../../access/who-may.ts';
import {mayBeKeptOutside} from '../../foreign-finalizers.ts';
import {oncePerSurvey} from '../../once-per-survey.ts';
import type {Survey} from '../../survey.ts';
import {accountOf} from '../rbac/workload-deeds.ts';

/** Who may be meant to take finalizers of an object away. */
export type Keepers = {
	readonly running: readonly KubeObject[];
	/** They would, and none of their pods runs. */
	readonly idle: readonly KubeObject[];
	/** Accounts that a role gives the right to, by the group of the object. */
	readonly accounts: readonly Holder[];
	/** They run, may change anything, and say nothing of the object: where no account has the right by its group, one of them may still be meant. */
	readonly others: readonly KubeObject[];
	/** Whether nobody else can be meant: everything that may run was seen. */
	readonly isSure: boolean;
	/** Whether its controller may well be alive beside the cluster: it is one of a platform, or somebody wrote to the object since it is to go. */
	readonly isOutside: boolean;
};

const runners = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
const rights = ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'] as const;

/** Words of a finalizer's domain that no other domain has. */
const common = new Set(['com', 'io', 'org', 'net', 'dev', 'example', 'www', 'cloud', 'app', 'apps', 'k8s']);

const grantsIn = oncePerSurvey((survey: Survey) => grantsOf(rights.flatMap(kind => survey.all(kind))));

/** Everything that may run a controller, of other namespaces too where they were looked through. */
const workloadsIn = oncePerSurvey((survey: Survey): readonly KubeObject[] => [
	...runners.flatMap(kind => survey.all(kind)),
	...(survey.snapshot.peers ?? []).filter(({kind}) => runners.some(each => each === kind)),
]);

/** What a workload is called and told: of its fields, such as `dnsPolicy`, all have the same. */
const saidBy = oncePerObject((workload: KubeObject): string => {
	const {name, labels = {}} = workload.metadata;
	const podSpec = podSpecOf(workload);
	const told = ['initContainers', 'containers'].flatMap(list =>
		listAt(podSpec, list).flatMap(container => [
			textAt(container, 'image') ?? '',
			...['command', 'args'].flatMap(field => listAt(container, field).map(String)),
			...listAt(container, 'env').flatMap(each => [textAt(each, 'name') ?? '', textAt(each, 'value') ?? '']),
		]),
	);
	return [name, textAt(podSpec, 'serviceAccountName') ?? '', ...Object.entries(labels).flat(), ...told].join(' ').toLowerCase();
});

/** It answers for every name of the cluster, and is called like many a domain. */
const isClusterDns = ({metadata}: KubeObject) => metadata.labels?.['k8s-app'] === 'kube-dns';

/** Whether what a workload is called and told speaks of the domain of a finalizer. */
function speaksOf(workload: KubeObject, finalizer: string): boolean {
	const [domain = ''] = finalizer.split('/');
	const words = domain.split('.').filter(word => word.length > 2 && !common.has(word));
	const said = saidBy(workload);
	if (said.includes(domain)) return true;
	return !isClusterDns(workload) && words.some(word => (word.length > 3 ? said.includes(word) : new RegExp(`\\b${word}\\b`).test(said)));
}

const isRunning = (workload: KubeObject, survey: Survey) =>
	survey.podsOf(workload).length > 0 ||
	(numberAt(workload, 'status', 'readyReplicas') ?? numberAt(workload, 'status', 'numberReady') ?? 0) > 0;

const isSeen = (kind: string, {snapshot, isRead}: Survey) =>
	snapshot.namespace === undefined
		? isRead(kind)
		: isRead(kind, snapshot.namespace) && (snapshot.peersRead ?? []).some(each => each.kind === kind && each.namespace === undefined);

type Allowed = {readonly holder: Holder; readonly isNamed: boolean};

/** Accounts that may change an object of a kind that its definition tells, and whether a rule names its group. */
function allowedTo(object: KubeObject, survey: Survey): readonly Allowed[] {
	const {namespace, name} = object.metadata;
	const group = groupOf(object.apiVersion);
	const definition = survey
		.all('CustomResourceDefinition')
		.find(each => textAt(each, 'spec', 'group') === group && textAt(each, 'spec', 'names', 'kind') === object.kind);
	const resource = textAt(definition, 'spec', 'names', 'plural');
	if (resource === undefined || !rights.every(kind => survey.isRead(kind, kind.startsWith('Cluster') ? undefined : namespace))) return [];
	return ['update', 'patch'].flatMap(verb =>
		allowingGrants({verb, group, resource, name}, namespace, grantsIn(survey)).flatMap(({grant: {holder, rules = []}}) =>
			holder.kind !== 'ServiceAccount' || isSystemHolder(holder)
				? []
				: [{holder, isNamed: rules.some(rule => listAt(rule, 'apiGroups').includes(group) && !listAt(rule, 'resources').includes('*'))}],
		),
	);
}

const signsInAs = (workload: KubeObject, holders: readonly Holder[]) =>
	holders.some(({name, namespace}) => namespace === workload.metadata.namespace && name === accountOf(workload));

/** Who writes to objects whatever holds them. */
const ofKubernetes = /^(?:kube-|kubelet$|kubectl)/;

/** Whether a program wrote to an object after it was to go: somebody cleans up. */
const isWrittenSinceDeletion = ({metadata}: KubeObject): boolean =>
	listAt(metadata, 'managedFields').some(
		each =>
			!ofKubernetes.test(textAt(each, 'manager') ?? '') &&
			Date.parse(textAt(each, 'time') ?? '') > Date.parse(metadata.deletionTimestamp ?? ''),
	);

/**
 * Who should take finalizers of an object away: whoever signs in with an account that a role lets change such objects by their group. Where no role does, or any
 * object may be changed, those that speak of the finalizers.
 */
export function keepersOf(object: KubeObject, finalizers: readonly string[], survey: Survey): Keepers {
	const allowed = allowedTo(object, survey);
	const accounts = [
		...new Map(allowed.filter(({isNamed}) => isNamed).map(({holder}) => [`${holder.namespace}/${holder.name}`, holder])).values(),
	];
	const all = allowed.map(({holder}) => holder);
	const speaks = (workload: KubeObject) => finalizers.some(each => speaksOf(workload, each));
	const keepers = workloadsIn(survey).filter(workload =>
		accounts.length === 0 ? speaks(workload) : signsInAs(workload, accounts) || (signsInAs(workload, all) && speaks(workload)),
	);
	const running = keepers.filter(each => isRunning(each, survey));
	return {
		others:
			accounts.length > 0
				? []
				: workloadsIn(survey).filter(each => signsInAs(each, all) && !keepers.includes(each) && isRunning(each, survey)),
		running,
		idle: keepers.filter(each => !running.includes(each)),
		accounts,
		isOutside: finalizers.some(mayBeKeptOutside) || isWrittenSinceDeletion(object),
		isSure: [...runners, ...(survey.snapshot.namespace === undefined ? ['Pod'] : [])].every(kind => isSeen(kind, survey)),
	};
}
