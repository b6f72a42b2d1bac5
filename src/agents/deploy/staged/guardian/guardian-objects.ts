import {type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {groupOf, type KubeObject, type Ref, refOf} from '../../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../../core/kube/short-name.ts';
import type {Write} from '../../../../core/plan.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {ownObject} from '../record/rollout-objects.ts';
import {type GuardianOrders, guardianProgram} from './guard.ts';

/** Runs Node and nothing else; its program comes with the plan. */
export const guardianImage = 'docker.io/library/node:24-alpine';

/** A client that lives renews every ten seconds; three times the duration of its Lease is more than any hiccup. */
const afterMs = 90_000;
const everyMs = 5000;

type Guarding = {
	readonly workload: KubeObject;
	readonly lease: Ref;
	readonly record: Ref;
	/** Writes of the way back. Those that patch something are what a guardian does; removing things is left to a person. */
	readonly wayBack: readonly Write[];
	readonly image: string;
	/** A copy that serves everything for a part of the way, from and until which act. */
	readonly standIn?: {readonly from: number; readonly until: number; readonly copy: Ref} | undefined;
};

const patchTypes = {
	json: 'application/json-patch+json',
	merge: 'application/merge-patch+json',
	strategic: 'application/strategic-merge-patch+json',
} as const;

type Patch = Extract<Write, {op: 'patch'}>;

/** Of routes each is for itself; traffic goes to pods that are there. */
const routes: ReadonlySet<string> = new Set(['HTTPRoute', 'GRPCRoute', 'VirtualService', 'DestinationRule']);

/**
 * The guardian of one rollout, and the least rights that it needs: to look at the Lease and to take it, and to patch exactly the objects that the
 * way back patches, in each namespace where one lies. In the order in which they are made.
 */
export async function guardianObjects(cluster: Pick<Cluster, 'typeOfRef'>, guarding: Guarding): Promise<readonly KubeObject[]> {
	const {workload, lease, record, wayBack, image, standIn} = guarding;
	const patches = wayBack.filter((write): write is Patch => write.op === 'patch');
	const placed = await Promise.all(patches.map(async patch => ({patch, plural: (await cluster.typeOfRef(patch.ref)).plural})));
	const {namespace = ''} = workload.metadata;
	const orders: GuardianOrders = {
		lease: pathOf(lease, 'leases'),
		record: pathOf(record, 'configmaps'),
		restores: placed.map(({patch, plural}) => ({
			path: pathOf(patch.ref, plural) + (patch.subresource === undefined ? '' : `/${patch.subresource}`),
			type: patchTypes[patch.type],
			body: JSON.stringify(patch.patch),
			needed: !routes.has(patch.ref.kind),
		})),
		...(standIn === undefined
			? {}
			: {standIn: {...standIn, workload: pathOf(refOf(workload), 'deployments'), copy: pathOf(standIn.copy, 'deployments')}}),
		afterMs,
		everyMs,
	};
	const looks = standIn === undefined ? [] : [rule(refOf(workload), 'deployments', ['get']), rule(standIn.copy, 'deployments', ['get'])];
	const own = [
		rule(lease, 'leases', ['get', 'patch']),
		rule(record, 'configmaps', standIn === undefined ? ['patch'] : ['get', 'patch']),
		...looks,
	];
	const restoring = placed.map(({patch, plural}) => ({
		namespace: patch.ref.namespace ?? namespace,
		rule: rule(patch.ref, patch.subresource === undefined ? plural : `${plural}/${patch.subresource}`, ['patch']),
	}));
	const rights = new Map([[namespace, own]]);
	for (const right of restoring) rights.set(right.namespace, [...(rights.get(right.namespace) ?? []), right.rule]);
	return objectsFor({workload, orders, rights, image});
}

const pathOf = ({apiVersion, namespace, name}: Ref, plural: string) =>
	`${apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}/${name}`;

const rule = ({apiVersion, name}: Ref, resource: string, verbs: readonly string[]): JsonObject => ({
	apiGroups: [groupOf(apiVersion)],
	resources: [resource],
	resourceNames: [name],
	verbs: [...verbs],
});

type Parts = {
	readonly workload: KubeObject;
	readonly orders: GuardianOrders;
	/** By the namespace in which they count. */
	readonly rights: ReadonlyMap<string, readonly JsonObject[]>;
	readonly image: string;
};

const prefix = 'mkcoa-guardian-';

/** `mkcoa-guardian-NAME`; the pods of a Job have its name as a label, so it is short. */
export const guardianName = (workload: string) => shortName(`${prefix}${workload}`, longest.service, '');

/** What a guardian may do in another namespace has the name of its own as well: workloads of two namespaces may share a route's. */
const rightsName = (namespace: string, workload: string) => shortName(`${prefix}${namespace}-${workload}`, longest.service, '');

function objectsFor({workload, orders, rights, image}: Parts): readonly KubeObject[] {
	const {namespace = ''} = workload.metadata;
	const name = guardianName(workload.metadata.name);
	const beside = (apiVersion: string, kind: string, rest: JsonObject) => ownObject({apiVersion, kind, namespace, name}, workload, rest);
	return [
		beside('v1', 'ServiceAccount', {automountServiceAccountToken: false}),
		...[...rights].flatMap(([where, rules]) => rightsIn(where, rules, workload)),
		beside('batch/v1', 'Job', {spec: jobSpec(name, orders, image)}),
	];
}

/** Only in the namespace of its owner an object may belong to one: elsewhere the collector would take it away. */
function rightsIn(where: string, rules: readonly JsonObject[], workload: KubeObject): readonly KubeObject[] {
	const {name: workloadName, namespace = ''} = workload.metadata;
	const account = guardianName(workloadName);
	const isOwn = where === namespace;
	const name = isOwn ? account : rightsName(namespace, workloadName);
	const object = (kind: string, rest: JsonObject): KubeObject => {
		const made = ownObject({apiVersion: 'rbac.authorization.k8s.io/v1', kind, namespace: where, name}, workload, rest);
		return isOwn ? made : {...made, metadata: {...withoutKeys(made.metadata, new Set(['ownerReferences'])), name}};
	};
	return [
		object('Role', {rules: [...rules]}),
		object('RoleBinding', {
			roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name},
			subjects: [{kind: 'ServiceAccount', name: account, namespace}],
		}),
	];
}

/** Passes the `restricted` Pod Security level. Of a guardian that dies another one takes the place. */
const jobSpec = (name: string, orders: GuardianOrders, image: string): JsonObject => ({
	backoffLimit: 100,
	ttlSecondsAfterFinished: 3600,
	template: {
		metadata: {labels: {'app.kubernetes.io/name': 'mkcoa-guardian', 'app.kubernetes.io/managed-by': 'mkcoa'}},
		spec: {
			restartPolicy: 'OnFailure',
			serviceAccountName: name,
			automountServiceAccountToken: true,
			securityContext: {runAsNonRoot: true, runAsUser: 65_532, seccompProfile: {type: 'RuntimeDefault'}},
			containers: [
				{
					name: 'guardian',
					image,
					command: ['node', '-e', guardianProgram()],
					env: [
						{name: 'MKCOA_GUARDIAN', value: JSON.stringify(orders)},
						{name: 'NODE_EXTRA_CA_CERTS', value: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt'},
					],
					resources: {requests: {cpu: '10m', memory: '48Mi'}, limits: {memory: '128Mi'}},
					securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: ['ALL']}},
				},
			],
		},
	},
});
