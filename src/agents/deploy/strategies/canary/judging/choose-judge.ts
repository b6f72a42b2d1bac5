import {judgeMetric} from '../../../../../analysis/canary/judge-metric.ts';
import {MkcoaError} from '../../../../../core/error.ts';
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

type Asked = {
	/** Texts of `--metrics`. */
	readonly metrics: readonly string[];
	readonly service: string | undefined;
	/** Whether a fresh copy of the stable version stands behind the same Service. */
	readonly baseline: boolean;
	/** Whether requests are copied to the canary before it gets any of its own. */
	readonly mirror: boolean;
};

/** A gateway counts requests that it answers by, and no copies: the stage of copies could only end for want of requests. */
function refuseUncounted(chosen: readonly ChosenMetric[], workload: string): void {
	const blind = chosen.filter(({reading}) => 'place' in reading && reading.place.by === 'service').map(({metric}) => metric.name);
	if (blind.length === 0) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'copies-not-counted',
		what: `Copies of requests cannot be judged by ${listed(blind)}`,
		why: `only gateways count those of ${workload}, and they leave copies out`,
		next: 'Leave --mirror out, or let Prometheus scrape what its pods count',
	});
}

/**
 * Looks for the numbers of the stable version that a canary can be compared by.
 * @param asked the usual metrics, as far as they are there, where none is named
 * @throws as `chooseMetrics`; `copies-not-counted`
 */
export async function chooseJudge(ports: DeployPorts, stable: KubeObject, {metrics, service, baseline, mirror}: Asked): Promise<Judging> {
	const {name, namespace = ''} = stable.metadata;
	const pods = await podsOf(ports.cluster, stable);
	const choice = await chooseMetrics(ports, {name, namespace, pods, service, podsFirst: baseline || mirror}, metrics);
	if (mirror) refuseUncounted(choice.chosen, name);
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
