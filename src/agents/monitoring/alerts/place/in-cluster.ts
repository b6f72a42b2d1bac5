import {MkcoaError} from '../../../../core/error.ts';
import {refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../core/plan.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {choosePlace, type Place} from './choose-place.ts';
import type {Destination} from './destination.ts';
import {ruleWrite} from './rule-manifest.ts';

/** Files of the operator bear namespace, name and uid of the object. */
const isFileOf = (namespace: string) => (file: string, slug: string) => (file.split('/').at(-1) ?? '').startsWith(`${namespace}-${slug}-`);

/** Who will evaluate the rules, or why nobody is known to. */
function placeNotes(place: Place, configmap: string | undefined): readonly Consequence[] {
	if (configmap !== undefined) {
		const text = `Prometheus has to mount ConfigMap ${configmap} among its rule_files, and to be reloaded`;
		return [{id: 'not-loaded-by-itself', severity: 'info', text}];
	}
	if (place.kind === 'none') return [];
	if (place.by !== undefined) return [{id: 'loaded-by', severity: 'info', text: `${place.by} takes rules from there, with these labels`}];
	return place.notes.map(({what, why}) => ({id: 'nobody-loads', severity: 'warning', text: `Nobody may take them up (${what}): ${why}`}));
}

/**
 * A PrometheusRule where a Prometheus of the operator takes it, or a rule file in a ConfigMap.
 * @throws MkcoaError `no-operator` where neither is possible
 */
export async function inCluster(
	cluster: Cluster,
	{namespace, configmap}: {readonly namespace: string; readonly configmap: string | undefined},
): Promise<Destination> {
	const place = await choosePlace(cluster, namespace);
	if (place.kind === 'none' && configmap === undefined) throw noOperator(place.why);
	const isFound = place.kind === 'found' && configmap === undefined;
	const home = isFound ? place.namespace : namespace;
	return {
		isOwn: isFileOf(home),
		waits: isFound && place.by !== undefined,
		async writing(design) {
			const write = ruleWrite(design, isFound ? place.labels : {}, {namespace: home, configmap});
			const object = refText(write.ref);
			return {object, steps: [{title: `Write ${object}`, write}], notes: placeNotes(place, configmap)};
		},
	};
}

const noOperator = (why: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'no-operator',
		what: 'The cluster takes no alert rules',
		why,
		next: 'Save them for your Prometheus with mkcoa monitor rules … --format rule-file > rules.yaml, write them to a ConfigMap that it mounts with --configmap NAME, or let Grafana evaluate them with --grafana',
	});
