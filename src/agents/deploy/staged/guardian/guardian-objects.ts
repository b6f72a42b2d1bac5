import type {Json, JsonObject} from '../../../../core/json.ts';
import {groupOf, type KubeObject, type Ref, refOf} from '../../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../../core/kube/short-name.ts';
import type {Write} from '../../../../core/plan.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
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
};

const patchTypes = {
	json: 'application/json-patch+json',
	merge: 'application/merge-patch+json',
	strategic: 'application/strategic-merge-patch+json',
} as const;

type Patch = Extract<Write, {op: 'patch'}>;

/**
 * The guardian of one rollout, and the least rights that it needs: to look at the Lease and to take it, and to patch exactly the objects that the
 * way back patches. In the order in which they are made.
 */
export async function guardianObjects(cluster: Pick<Cluster, 'typeOfRef'>, guarding: Guarding): Promise<readonly KubeObject[]> {
	const {workload, lease, record, wayBack, image} = guarding;
	const patches = wayBack.filter((write): write is Patch => write.op === 'patch');
	const placed = await Promise.all(patches.map(async patch => ({patch, plural: (await cluster.typeOfRef(patch.ref)).plural})));
	const orders: GuardianOrders = {
		lease: pathOf(lease, 'leases'),
		record: pathOf(record, 'configmaps'),
		restores: placed.map(({patch, plural}) => ({
			path: pathOf(patch.ref, plural) + (patch.subresource === undefined ? '' : `/${patch.subresource}`),
			type: patchTypes[patch.type],
			body: JSON.stringify(patch.patch),
		})),
		afterMs,
		everyMs,
	};
	const rights = [
		rule(lease, 'leases', ['get', 'patch']),
		rule(record, 'configmaps', ['patch']),
		...placed.map(({patch, plural}) =>
			rule(patch.ref, patch.subresource === undefined ? plural : `${plural}/${patch.subresource}`, ['patch']),
		),
	];
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
	readonly rights: readonly JsonObject[];
	readonly image: string;
};

/** `mkcoa-guardian-NAME`; the pods of a Job have its name as a label, so it is short. */
export const guardianName = (workload: string) => shortName(`mkcoa-guardian-${workload}`, longest.service, '');

function objectsFor({workload, orders, rights, image}: Parts): readonly KubeObject[] {
	const {name: workloadName, namespace = ''} = workload.metadata;
	const name = guardianName(workloadName);
	const owner = refOf(workload);
	const object = (apiVersion: string, kind: string, rest: {readonly [key: string]: Json}): KubeObject => ({
		apiVersion,
		kind,
		metadata: {
			name,
			namespace,
			labels: {'app.kubernetes.io/managed-by': 'mkcoa'},
			ownerReferences: [{apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name, uid: workload.metadata.uid ?? ''}],
		},
		...rest,
	});
	return [
		object('v1', 'ServiceAccount', {automountServiceAccountToken: false}),
		object('rbac.authorization.k8s.io/v1', 'Role', {rules: [...rights]}),
		object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
			roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name},
			subjects: [{kind: 'ServiceAccount', name, namespace}],
		}),
		object('batch/v1', 'Job', {spec: jobSpec(name, orders, image)}),
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
