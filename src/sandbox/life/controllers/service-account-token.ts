import type {Json} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Container, Pod} from '../pod-shapes.ts';
import {suffixes} from '../seeded-random.ts';
import {isKind, type World} from '../world.ts';

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const prefix = 'kube-api-access-';
/** The name of the volume follows from the pod's, so that a dry run and the real run agree. */
const suffixOf = (namespace: string | undefined, name: string) => suffixes(`${namespace}/${name}`)(prefix);

/** Gives a new pod the token of its service account, as the admission plug-in ServiceAccount does. Throws 403 Forbidden when the account does not exist. */
export function withServiceAccountToken(world: World, object: KubeObject): KubeObject {
	if (!isKind(object, 'Pod')) return object;
	const {namespace, name} = object.metadata;
	const accountName = object.spec.serviceAccountName ?? 'default';
	const account = world.get('ServiceAccount', namespace, accountName);
	// The account `default` of a new namespace comes a moment after it; nothing is gained by refusing the pods of that moment.
	if (account === undefined && accountName !== 'default') {
		const cause = `error looking up service account ${namespace}/${accountName}: serviceaccount "${accountName}" not found`;
		throw new StatusError(403, 'Forbidden', `pods "${name}" is forbidden: ${cause}`, {name, kind: 'pods'});
	}
	const pulling = withPullSecrets(object, account);
	const wanted = object.spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
	return wanted && !(object.spec.volumes ?? []).some(volume => volume.name.startsWith(prefix)) ? mounted(pulling) : pulling;
}

/** What the pod names itself is enough. */
const withPullSecrets = (pod: Pod, account: {readonly imagePullSecrets?: Json} | undefined): Pod =>
	account?.imagePullSecrets === undefined || pod.spec.imagePullSecrets !== undefined
		? pod
		: {...pod, spec: {...pod.spec, imagePullSecrets: account.imagePullSecrets}};

function mounted(pod: Pod): Pod {
	const volume = `${prefix}${suffixOf(pod.metadata.namespace, pod.metadata.name)}`;
	const mount = (container: Container): Container =>
		(container.volumeMounts ?? []).some(one => one.mountPath === mountPath)
			? container
			: {...container, volumeMounts: [...(container.volumeMounts ?? []), {name: volume, readOnly: true, mountPath}]};
	const {initContainers} = pod.spec;
	return {
		...pod,
		spec: {
			...pod.spec,
			containers: (pod.spec.containers ?? []).map(mount),
			...(initContainers === undefined ? {} : {initContainers: initContainers.map(mount)}),
			volumes: [...(pod.spec.volumes ?? []), {name: volume, projected: {sources: tokenSources, defaultMode: 420}}],
		},
	};
}

const tokenSources = [
	{serviceAccountToken: {expirationSeconds: 3607, path: 'token'}},
	{configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: 'ca.crt'}]}},
	{downwardAPI: {items: [{path: 'namespace', fieldRef: {apiVersion: 'v1', fieldPath: 'metadata.namespace'}}]}},
];
