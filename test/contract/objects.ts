/** Objects as people write them: small, valid, and without a namespace, which the path tells. */

type Text = {readonly [key: string]: string};
/** `metadata` is laid over the name. */
type Meta = {readonly [key: string]: unknown};

export const configMap = (name: string, data: Text = {}, metadata: Meta = {}) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, ...metadata},
	data,
});

export const secret = (name: string, stringData: Text = {}, metadata: Meta = {}) => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name, ...metadata},
	stringData,
});

export const service = (name: string, spec: object = {}) => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name},
	spec: {selector: {app: name}, ports: [{port: 80}], ...spec},
});

/** One container called `main`. */
export const podSpec = (image = 'x:1', container: object = {}) => ({containers: [{name: 'main', image, ...container}]});

/** Labelled `app: NAME`. */
export const pod = (name: string, spec: object = podSpec(), metadata: Meta = {}) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, labels: {app: name}, ...metadata},
	spec,
});

type Template = {readonly spec?: object; readonly labels?: Text; readonly template?: object; readonly metadata?: Meta};

/** What Deployments, ReplicaSets, StatefulSets and DaemonSets have in common: pods labelled `app: NAME`. */
const workload = (name: string, {spec = {}, labels = {app: name}, template = podSpec(), metadata = {}}: Template) => ({
	apiVersion: 'apps/v1',
	metadata: {name, labels: {app: name}, ...metadata},
	spec: {selector: {matchLabels: {app: name}}, template: {metadata: {labels}, spec: template}, ...spec},
});
export const deployment = (name: string, {replicas = 1, ...rest}: Template & {readonly replicas?: number} = {}) => ({
	...workload(name, {...rest, spec: {replicas, ...rest.spec}}),
	kind: 'Deployment',
});

const rbac = 'rbac.authorization.k8s.io';
export const role = (name: string, rules: readonly object[]) => ({apiVersion: `${rbac}/v1`, kind: 'Role', metadata: {name}, rules});
/** Gives a role of the namespace to a person. */
export const roleBinding = (name: string, roleName: string, user: string) => ({
	apiVersion: `${rbac}/v1`,
	kind: 'RoleBinding',
	metadata: {name},
	roleRef: {apiGroup: rbac, kind: 'Role', name: roleName},
	subjects: [{apiGroup: rbac, kind: 'User', name: user}],
});

type Version = {readonly schema?: object; readonly [key: string]: unknown};

/**
 * A namespaced kind of its own: `lamp` makes Lamps, called `lamps` in paths.
 * @param version laid over version v1; its `schema` says what an object has, nothing but metadata when left out
 */
export const definition = (singular: string, group: string, {schema = {}, ...version}: Version = {}) => {
	const [plural, kind] = [`${singular}s`, singular.replace(/^./, letter => letter.toUpperCase())];
	return {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: `${plural}.${group}`},
		spec: {
			group,
			scope: 'Namespaced',
			names: {plural, singular, kind, listKind: `${kind}List`},
			versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object', ...schema}}, ...version}],
		},
	};
};
