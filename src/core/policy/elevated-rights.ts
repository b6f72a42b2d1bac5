import type {Json} from '../json.ts';
import {listAt, objectAt, textAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {containersOf, podSpecOf} from '../kube/pod-spec.ts';

/** A right that reaches out of its container, its namespace or its role. `text` is a short sentence without its subject. */
export type ElevatedRight = {readonly id: string; readonly text: string};

const right = (id: string, text: string): ElevatedRight => ({id, text});

/** Capabilities that give the node away. */
const strongCapabilities = new Set(['ALL', 'SYS_ADMIN', 'SYS_PTRACE', 'SYS_MODULE', 'SYS_RAWIO', 'NET_ADMIN', 'BPF', 'DAC_READ_SEARCH']);

function ofContainer(container: Json): readonly ElevatedRight[] {
	const name = textAt(container, 'name') ?? '';
	const security = objectAt(container, 'securityContext');
	const added = listAt(security, 'capabilities', 'add').map(value => String(value).replace(/^CAP_/, ''));
	const strong = added.filter(value => strongCapabilities.has(value));
	return [
		...(security.privileged === true || valueAt(security, 'windowsOptions', 'hostProcess') === true
			? [right('privileged', `container ${name} is privileged: it can do on its node what root can`)]
			: []),
		...(strong.length > 0 ? [right('strong-capability', `container ${name} gets ${strong.join(', ')}`)] : []),
	];
}

function ofPod(podSpec: Json): readonly ElevatedRight[] {
	const paths = listAt(podSpec, 'volumes').flatMap(volume => textAt(volume, 'hostPath', 'path') ?? []);
	return [
		...containersOf(podSpec).flatMap(ofContainer),
		...(valueAt(podSpec, 'hostNetwork') === true ? [right('host-network', 'it uses the network of its node')] : []),
		...(valueAt(podSpec, 'hostPID') === true ? [right('host-pid', 'it sees the processes of its node')] : []),
		...(valueAt(podSpec, 'hostIPC') === true ? [right('host-ipc', 'it shares memory with its node')] : []),
		...paths.map(path => right('host-path', `it mounts ${path} of its node`)),
	];
}

const says = (rule: Json, field: string, word: string) => listAt(rule, field).includes(word);
/** Verbs with which a role makes itself any other. */
const climbing = ['escalate', 'bind', 'impersonate'];

function ofRules(rules: readonly Json[]): readonly ElevatedRight[] {
	const isAll = rules.some(rule => says(rule, 'verbs', '*') && says(rule, 'resources', '*') && says(rule, 'apiGroups', '*'));
	const verbs = climbing.filter(verb => rules.some(rule => says(rule, 'verbs', verb)));
	return [
		...(isAll ? [right('all-rights', 'it may do everything')] : []),
		...(verbs.length > 0 ? [right('climbing-rights', `it may ${verbs.join(', ')}, which gives any other right`)] : []),
	];
}

function ofBinding(binding: KubeObject): readonly ElevatedRight[] {
	const role = textAt(binding, 'roleRef', 'name');
	const subjects = listAt(binding, 'subjects').map(subject => `${textAt(subject, 'kind')} ${textAt(subject, 'name')}`);
	const everyone = subjects.filter(subject => /^Group system:(?:authenticated|unauthenticated|serviceaccounts)$/.test(subject));
	return [
		...(role === 'cluster-admin'
			? [
					right(
						'cluster-admin',
						`${subjects.join(', ') || 'nobody yet'} gets cluster-admin${binding.kind === 'RoleBinding' ? ` in ${binding.metadata.namespace}` : ''}`,
					),
				]
			: []),
		...(everyone.length > 0 ? [right('bound-to-everyone', `role ${role} goes to ${everyone.join(', ')}`)] : []),
	];
}

/** What an object lets somebody do beyond the ordinary: privileged pods, parts of the node, cluster-admin. Empty for ordinary objects. */
export function elevatedRights(object: KubeObject): readonly ElevatedRight[] {
	if (object.kind === 'ClusterRoleBinding' || object.kind === 'RoleBinding') return ofBinding(object);
	if (object.kind === 'ClusterRole' || object.kind === 'Role') return ofRules(listAt(object, 'rules'));
	return ofPod(podSpecOf(object));
}
