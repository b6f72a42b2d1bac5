import type {JsonObject} from '../../core/json.ts';

/** Where policies hold, and what becomes of what breaks them. */
export type Scope = {
	/** The only namespaces; all but the left out ones if none is named. */
	readonly namespaces: readonly string[];
	/** Namespaces that are left out. */
	readonly except: readonly string[];
	/** Whether breaking a rule is refused. Otherwise it is told, and written to the audit log. */
	readonly deny: boolean;
};

/** Those of Kubernetes itself, whose pods are the run of the node. */
export const ownNamespaces: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

const nameLabel = 'kubernetes.io/metadata.name';

/** A selector of namespaces, which the server labels with their names. */
export const namespaceSelector = ({namespaces, except}: Pick<Scope, 'namespaces' | 'except'>): JsonObject => ({
	matchExpressions: [
		...(namespaces.length === 0 ? [] : [{key: nameLabel, operator: 'In', values: [...namespaces]}]),
		...(except.length === 0 ? [] : [{key: nameLabel, operator: 'NotIn', values: [...except]}]),
	],
});

/** Whether policies of a scope hold in a namespace. */
export const isWithin = ({namespaces, except}: Pick<Scope, 'namespaces' | 'except'>, namespace: string) =>
	(namespaces.length === 0 || namespaces.includes(namespace)) && !except.includes(namespace);
