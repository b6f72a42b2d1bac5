import type {Json} from '../../../../core/json.ts';
import {numberAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {objectsAt, textMapAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../../mcp/kubernetes/read-neighbours.ts';
import type {Analysis} from '../progress.ts';

const longestText = 200;

/** The analysis runs of the version that a Rollout rolls out now, oldest first, with why a metric did not pass. */
export async function argoAnalyses(cluster: Cluster, rollout: KubeObject): Promise<{analyses: Analysis[]; notChecked: string[]}> {
	const {objects, notChecked} = await readNeighbours(cluster, rollout.metadata.namespace, ['analysisruns.argoproj.io']);
	const hash = textAt(rollout, 'status', 'currentPodHash');
	const own = objects
		.filter(({metadata}) => metadata.ownerReferences?.some(({uid}) => uid === rollout.metadata.uid) === true)
		.filter(run => hash === undefined || (textMapAt(run, 'metadata', 'labels')['rollouts-pod-template-hash'] ?? hash) === hash)
		.sort((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''));
	return {analyses: own.map(analysisOf), notChecked: [...notChecked]};
}

const analysisOf = (run: KubeObject): Analysis => ({
	name: run.metadata.name,
	phase: wordAt(run, 'status', 'phase') || 'Pending',
	message: plainLine(wordAt(run, 'status', 'message'), longestText),
	metrics: objectsAt(run, 'status', 'metricResults').map(result => metricOf(run, result)),
});

const passed = new Set(['Successful', 'Running', 'Pending']);

/** The measurement that explains the phase of a metric: its last one that did not pass, or its last. */
function metricOf(run: KubeObject, result: Json): Analysis['metrics'][number] {
	const name = wordAt(result, 'name');
	const measurements = objectsAt(result, 'measurements');
	const telling = measurements.findLast(({phase}) => typeof phase === 'string' && !passed.has(phase)) ?? measurements.at(-1);
	const metric = objectsAt(run, 'spec', 'metrics').find(each => each.name === name);
	const counts = ['successful', 'failed', 'inconclusive', 'error'].flatMap(word => {
		const found = numberAt(result, word) ?? 0;
		return found > 0 ? [`${found} ${word}`] : [];
	});
	const words = [wordAt(result, 'message'), wordAt(telling, 'message'), counts.join(', ')].filter(text => text !== '');
	return {
		name: plainLine(name, longestText),
		phase: wordAt(result, 'phase'),
		value: plainLine(wordAt(telling, 'value'), longestText),
		condition: plainLine(conditionText(metric), longestText),
		message: plainLine([...new Set(words)].join('; '), longestText),
	};
}

function conditionText(metric: Json | undefined): string {
	const [success, failure] = [wordAt(metric, 'successCondition'), wordAt(metric, 'failureCondition')];
	return [...(success === '' ? [] : [`passes where ${success}`]), ...(failure === '' ? [] : [`fails where ${failure}`])].join(', ');
}
