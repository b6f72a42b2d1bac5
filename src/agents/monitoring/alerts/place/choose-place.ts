import type {JsonObject} from '../../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import {textMapAt, textsAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';

/** Where a PrometheusRule is picked up, and the labels that it needs there. */
export type Place =
	| {
			readonly kind: 'found';
			readonly namespace: string;
			readonly labels: {readonly [name: string]: string};
			/** The Prometheus that takes it, for people; undefined where none does. */
			readonly by: string | undefined;
			readonly notes: readonly Unchecked[];
	  }
	/** The cluster does not serve PrometheusRules. */
	| {readonly kind: 'none'; readonly why: string};

const group = 'monitoring.coreos.com';

/**
 * Looks at every Prometheus of the operator: rules go to the namespace that was asked for where one looks there, else to that of a Prometheus which looks at its
 * own. Who may not read them is told what that leaves open.
 */
export async function choosePlace(cluster: Cluster, namespace: string): Promise<Place> {
	const isServed = (await cluster.types()).some(({kind, apiVersion}) => kind === 'PrometheusRule' && apiVersion.startsWith(`${group}/`));
	if (!isServed) return {kind: 'none', why: 'the Prometheus operator is not installed here: the cluster has no kind PrometheusRule'};
	const [servers, spaces] = await Promise.all([
		readNeighbours(cluster, undefined, [`prometheuses.${group}`]),
		readNeighbours(cluster, undefined, ['namespaces']),
	]);
	const unread = [...servers.notChecked, ...spaces.notChecked].map(text => ({what: 'which Prometheus takes the rules', why: text}));
	const labelsOf = (name: string) => spaces.objects.find(({metadata}) => metadata.name === name)?.metadata.labels;
	const here = servers.objects.find(server => looksAt(server, namespace, labelsOf(namespace)) && needed(server) !== undefined);
	if (here !== undefined) return placeFor(here, namespace, unread);
	const own = servers.objects.find(server => {
		const {namespace: home = ''} = server.metadata;
		return looksAt(server, home, labelsOf(home)) && needed(server) !== undefined;
	});
	if (own !== undefined) return placeFor(own, own.metadata.namespace ?? namespace, unread);
	const why =
		servers.objects.length === 0
			? 'there is no Prometheus of the operator'
			: `${servers.objects.map(nameOf).join(', ')} take no rules of this namespace or of their own`;
	return {kind: 'found', namespace, labels: {}, by: undefined, notes: unread.length > 0 ? unread : [{what: 'who loads the rules', why}]};
}

const nameOf = ({metadata}: KubeObject) => `Prometheus ${metadata.namespace}/${metadata.name}`;

const placeFor = (server: KubeObject, namespace: string, notes: readonly Unchecked[]): Place => ({
	...{kind: 'found', namespace, labels: needed(server) ?? {}, by: nameOf(server), notes},
});

/** Without a selector of namespaces a Prometheus looks at its own; an empty one takes all. */
function looksAt({metadata, spec}: KubeObject, namespace: string, labels: JsonObject | undefined): boolean {
	const selector = valueAt(spec, 'ruleNamespaceSelector');
	if (selector === undefined || selector === null) return metadata.namespace === namespace;
	return fitsSelector(selector, {'kubernetes.io/metadata.name': namespace, ...labels});
}

/**
 * Labels that its selector of rules asks for, as few as do; undefined where none fit, as for a Prometheus without a selector, which takes no rules.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusSpec (ruleSelector)
 */
function needed({spec}: KubeObject): {readonly [name: string]: string} | undefined {
	const selector = valueAt(spec, 'ruleSelector');
	if (selector === undefined || selector === null) return undefined;
	const labels: Record<string, string> = {...textMapAt(selector, 'matchLabels')};
	for (const expression of listAt(selector, 'matchExpressions')) {
		const key = textAt(expression, 'key') ?? '';
		const operator = textAt(expression, 'operator');
		if (operator === 'In') labels[key] ??= textsAt(expression, 'values')[0] ?? '';
		if (operator === 'Exists') labels[key] ??= 'true';
	}
	return fitsSelector(selector, labels) ? labels : undefined;
}
