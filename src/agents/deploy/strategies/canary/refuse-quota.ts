import {MkcoaError} from '../../../../core/error.ts';
import type {JsonObject} from '../../../../core/json.ts';
import {textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {count} from '../../../../core/text/count.ts';
import {objectsAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';

/** What of a quota pods use up: its key, and what of a container counts. `cpu` and `memory` are short for requests. */
const counted: {readonly [key: string]: readonly ['requests' | 'limits', 'cpu' | 'memory'] | 'pods'} = {
	pods: 'pods',
	'count/pods': 'pods',
	cpu: ['requests', 'cpu'],
	memory: ['requests', 'memory'],
	'requests.cpu': ['requests', 'cpu'],
	'requests.memory': ['requests', 'memory'],
	'limits.cpu': ['limits', 'cpu'],
	'limits.memory': ['limits', 'memory'],
};

/**
 * The pods that come on top at the largest moment must fit into every quota of the namespace. Quotas of a scope count some pods only, and are left to
 * the server.
 * @param smaller what a person may ask for instead, so that fewer pods come on top
 * @throws `quota-too-small` with what is missing
 */
export async function refuseQuota(
	cluster: Cluster,
	stable: KubeObject,
	template: JsonObject,
	{extra, what, smaller}: {readonly extra: number; readonly what: string; readonly smaller?: string},
): Promise<void> {
	const {name, namespace} = stable.metadata;
	const {objects} = await readNeighbours(cluster, namespace, ['resourcequotas']);
	for (const quota of objects.filter(
		each => valueAt(each, 'spec', 'scopes') === undefined && valueAt(each, 'spec', 'scopeSelector') === undefined,
	)) {
		const short = shortOf(quota, template, extra);
		if (short === undefined) continue;
		throw new MkcoaError({
			kind: 'usage',
			code: 'quota-too-small',
			what: `The ${what} of ${name} does not fit into ResourceQuota ${quota.metadata.name}`,
			why: `at its largest it takes ${count(extra, 'pod')} more, and of ${short.key} ${short.left} is left where ${short.needed} is needed`,
			next: `${smaller === undefined ? 'Raise' : `${smaller}, raise`} the quota, or use: mkcoa deploy rolling ${name} -n ${namespace}`,
		});
	}
}

function shortOf(quota: KubeObject, template: JsonObject, extra: number) {
	for (const [key, of] of Object.entries(counted)) {
		const hard = quantityOf(textAt(quota, 'spec', 'hard', key));
		if (hard === undefined) continue;
		const left = hard - (quantityOf(textAt(quota, 'status', 'used', key)) ?? 0);
		const needed = extra * (of === 'pods' ? 1 : perPod(template, of));
		if (needed > left) return {key, left: rounded(left), needed: rounded(needed)};
	}
	return undefined;
}

const rounded = (amount: number) => String(Math.max(0, Math.round(amount * 1000) / 1000));

const perPod = (template: JsonObject, [kind, resource]: readonly ['requests' | 'limits', 'cpu' | 'memory']) =>
	objectsAt(template, 'spec', 'containers').reduce(
		(sum, container) => sum + (quantityOf(textAt(container, 'resources', kind, resource)) ?? 0),
		0,
	);
