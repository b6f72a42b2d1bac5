import type {Holder} from '../../../analysis/access/grants.ts';
import {accountOfUser} from '../../../analysis/access/grants.ts';
import {MkcoaError} from '../../../core/error.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {everyObject} from '../../../mcp/kubernetes/read-neighbours.ts';
import {podsOf} from '../../deploy/rollout/pod-health.ts';

/** Of whom or what a response is: pods that are suspect, the account or person behind a deed, or a node. */
export type ResponseSubject = {
	readonly kind: 'pod' | 'workload' | 'node' | 'holder';
	/** `Deployment shop/web`, `User minho` */
	readonly text: string;
	/** The object itself, where it is one. */
	readonly objects: readonly KubeObject[];
	/** Those that are suspect; of a node, those that run there. */
	readonly pods: readonly KubeObject[];
	/** Whose rights are in question: the account that the pods run as, or who is named. */
	readonly holder: Holder | undefined;
};

const missing = (ref: Ref) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-found',
		what: `${refText(ref)} does not exist`,
		next: 'Name it as KIND/NAME, and its namespace with -n',
	});

/** `user/minho` and `group/sre` are no objects: only bindings and the audit log know them. */
function namedHolder(kind: string, name: string): Holder | undefined {
	if (kind === 'group') return {kind: 'Group', name};
	if (kind !== 'user') return undefined;
	const account = accountOfUser(name);
	return account === undefined ? {kind: 'User', name} : {kind: 'ServiceAccount', ...account};
}

const accountOf = (pod: KubeObject | undefined): Holder | undefined =>
	pod === undefined
		? undefined
		: {
				kind: 'ServiceAccount',
				name: textAt(pod, 'spec', 'serviceAccountName') ?? 'default',
				namespace: pod.metadata.namespace ?? '',
			};

async function podsAt(cluster: Cluster, object: KubeObject): Promise<readonly KubeObject[]> {
	if (object.kind === 'Pod') return [object];
	if (object.kind !== 'Node') return templatePath(object) === undefined ? [] : podsOf(cluster, object);
	const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Pod'});
	return everyObject(cluster, {type, fieldSelector: `spec.nodeName=${object.metadata.name}`});
}

const kindOf = (object: KubeObject): ResponseSubject['kind'] =>
	object.kind === 'Pod' ? 'pod' : object.kind === 'Node' ? 'node' : object.kind === 'ServiceAccount' ? 'holder' : 'workload';

/**
 * The subject that a person named as KIND/NAME; a Deployment where no kind is said.
 * @throws MkcoaError `not-found`; `no-subject` for what runs nothing and may do nothing
 */
export async function readResponseSubject(cluster: Cluster, target: string, space: string | undefined): Promise<ResponseSubject> {
	const slash = target.indexOf('/');
	const [word, name] = slash === -1 ? ['deployment', target] : [target.slice(0, slash).toLowerCase(), target.slice(slash + 1)];
	const person = namedHolder(word, name);
	if (person !== undefined && person.kind !== 'ServiceAccount')
		return {kind: 'holder', text: `${person.kind} ${name}`, objects: [], pods: [], holder: person};
	const type = await cluster.typeOf(person === undefined ? word : 'serviceaccounts');
	const namespace = person?.namespace ?? space ?? cluster.namespace;
	const {apiVersion, kind} = type;
	const ref: Ref = {apiVersion, kind, ...(type.namespaced ? {namespace} : {}), name: person?.name ?? name};
	const object = await cluster.get(ref);
	if (object === undefined) throw missing(ref);
	const is = kindOf(object);
	if (is === 'workload' && templatePath(object) === undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'no-subject',
			what: `${refText(ref)} runs no pods and holds no rights`,
			next: 'Name a workload, pod/NAME, node/NAME, serviceaccount/NAME, user/NAME or group/NAME',
		});
	const pods = await podsAt(cluster, object);
	const holder: Holder | undefined =
		is === 'holder' ? {kind: 'ServiceAccount', name: ref.name, namespace} : is === 'node' ? undefined : accountOf(pods[0]);
	return {kind: is, text: refText(refOf(object)), objects: [object], pods, holder};
}
