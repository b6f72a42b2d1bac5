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
