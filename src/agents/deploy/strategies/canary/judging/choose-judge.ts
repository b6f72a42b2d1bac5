import {judgeMetric} from '../../../../../analysis/canary/judge-metric.ts';
import type {KubeObject} from '../../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../../core/plan.ts';
import {chooseMetrics} from '../../../metrics/choosing/choose-metrics.ts';
import type {ChosenMetric} from '../../../metrics/choosing/chosen-metric.ts';
import type {DeployPorts} from '../../../ports.ts';
import {podsOf} from '../../../rollout/pod-health.ts';

/** By what a canary is judged. */
export type Judging = {
	readonly chosen: readonly ChosenMetric[];
	readonly byPods: readonly string[];
	/** In a few words, for the steps of the plan. */
	readonly words: string;
	/** What a person should know of the judging before the yes. */
	readonly notes: readonly Consequence[];
	/** What is not judged and why, and where the numbers come from: sentences for the plan. */
	readonly told: readonly string[];
};

/** A built-in metric as people say it. */
const wordsFor = (name: string) => (name === 'error-ratio' ? 'error ratio' : name.replace(/^latency-(p\d+)$/, '$1 latency'));

const listed = (words: readonly string[]) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

const hasTest = ({metric}: ChosenMetric) => judgeMetric(metric, [], {stageFrom: 0}).test !== 'none';

/** Pods that run say little of a version that answers wrongly, and nobody asked for them alone. */
const podsAlone = (byPods: readonly string[]): Consequence => ({
	id: 'pods-alone',
	severity: 'warning',
	text: `Nothing compares errors and latencies of the two versions: ${listed(byPods)} of the new pods alone decide`,
});

/**
 * Looks for the numbers of the stable version that a canary can be compared by.
 * @param texts of `--metrics`; the usual ones, as far as they are there, where it is empty
 * @throws as `chooseMetrics`
 */
export async function chooseJudge(
	ports: DeployPorts,
	stable: KubeObject,
	{metrics, service, baseline}: {readonly metrics: readonly string[]; readonly service: string | undefined; readonly baseline: boolean},
): Promise<Judging> {
	const {name, namespace = ''} = stable.metadata;
	const pods = await podsOf(ports.cluster, stable);
	const choice = await chooseMetrics(ports, {name, namespace, pods, service, podsFirst: baseline}, metrics);
	const chosen = choice.chosen.filter(hasTest);
	const untested = choice.chosen
		.filter(each => !hasTest(each))
		.map(({metric}) => `${wordsFor(metric.name)} is not judged: there is no test for it`);
	const missing = choice.leftOut.map(({metric, why}) => `${wordsFor(metric)} is not judged: ${why}`);
	const compared = chosen.map(({metric}) => wordsFor(metric.name));
	return {
		chosen,
		byPods: choice.byPods,
		words: chosen.length === 0 ? `${listed(choice.byPods)} alone` : listed([...compared, ...choice.byPods]),
		notes: chosen.length > 0 || metrics.length > 0 ? [] : [podsAlone(choice.byPods)],
		told: [
			...(choice.source === undefined || chosen.length === 0 ? [] : [`Both versions are compared by numbers of ${choice.source}`]),
			...[...untested, ...missing].map(text => text.charAt(0).toUpperCase() + text.slice(1)),
		],
	};
}
