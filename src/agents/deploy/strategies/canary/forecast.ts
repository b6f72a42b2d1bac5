import {type StageTraffic, timeNeeded} from '../../../../analysis/canary/time-needed.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {age} from '../../../../core/text/age.ts';
import {count, someOf} from '../../../../core/text/count.ts';
import {durationMs} from '../../duration.ts';
import type {ChosenMetric} from '../../metrics/choosing/chosen-metric.ts';
import {type RequestsNow, requestsNow} from '../../metrics/requests-now.ts';
import {podNames} from '../../metrics/sides.ts';
import type {DeployPorts} from '../../ports.ts';
import {podsOf} from '../../rollout/pod-health.ts';
import type {Script} from '../../staged/act.ts';
import {judgedStages} from './script/stage-acts.ts';
import {mostIntervals} from './watch-canary.ts';

type Asked = {
	readonly stable: KubeObject;
	readonly script: Script;
	readonly interval: string;
	/** What decides on each stage; none where pods alone do, or a score at its end. */
	readonly chosen: readonly ChosenMetric[];
	/** The Service by which a route sends the stable version requests. */
	readonly service: string | undefined;
	readonly baseline: boolean;
};

type Stage = {readonly share: number};

/**
 * How long the stages of a canary last, and whether the traffic of now is enough for them. One remark of one kind, whatever the traffic is: a yes must
 * not become void because the traffic moved.
 */
export async function forecastOf(ports: DeployPorts, asked: Asked): Promise<readonly Consequence[]> {
	const {script, interval} = asked;
	const stages = judgedStages(script);
	if (stages.length === 0) return [];
	const lasting = `Judging takes ${age(stages.length * durationMs(interval))} or more: ${count(stages.length, 'step')} of ${interval}`;
	const traffic = await trafficText(ports, asked, stages);
	return [{id: 'forecast', severity: 'info', text: traffic === undefined ? lasting : `${lasting}. ${traffic}`}];
}

async function trafficText(ports: DeployPorts, asked: Asked, stages: readonly Stage[]): Promise<string | undefined> {
	const {stable, chosen, service, interval, baseline} = asked;
	const counted = chosen.find(({reading}) => reading.kind === 'requests');
	const {metrics} = counted === undefined ? {metrics: undefined} : await ports.metrics();
	if (counted?.reading.kind !== 'requests' || metrics === undefined) return undefined;
	const {name, namespace = ''} = stable.metadata;
	const side = {workload: name, pods: podNames(await podsOf(ports.cluster, stable)), service};
	const now = await requestsNow(metrics, counted.reading, {namespace, side});
	if (now === undefined) return undefined;
	if (now.perMinute < 0.05) return `No request has reached ${name} for some minutes, and without any no step passes`;
	const shares = stages.filter(({share}) => share > 0 && share < 1);
	const times = timeNeeded(
		counted.metric,
		shares.map(({share}) => trafficAt(share, now, baseline)),
	);
	return answerText({now, shares, times, intervalMs: durationMs(interval), interval});
}

/** A baseline is as large as the canary, and takes the place of the stable version in the comparison. */
const trafficAt = (share: number, {perMinute, badPart}: RequestsNow, baseline: boolean): StageTraffic => ({
	canary: perMinute * share,
	stable: perMinute * (baseline ? share : 1 - share),
	badPart,
});

type Found = {
	readonly now: RequestsNow;
	readonly shares: readonly Stage[];
	/** Milliseconds until there is an answer; undefined where nobody can wait for it. */
	readonly times: readonly (number | undefined)[];
	readonly intervalMs: number;
	readonly interval: string;
};

const percentOf = ({share}: Stage) => `${(share * 100).toFixed(0)} %`;

function answerText({now, shares, times, intervalMs, interval}: Found): string {
	const longestMs = mostIntervals * intervalMs;
	const takes = shares.map((stage, at) => {
		const needed = times[at];
		return `${needed === undefined ? 'more than 4h' : timeText(needed)} at ${percentOf(stage)}`;
	});
	const most = Math.max(...times.map(needed => needed ?? Number.POSITIVE_INFINITY));
	const said = `At the ${Number(now.perMinute.toPrecision(2))} requests a minute of now an answer on errors takes about ${someOf(takes, 6)}`;
	if (most <= intervalMs) return said;
	if (most <= longestMs) return `${said}: a step is prolonged until then`;
	const remedy = Number.isFinite(most) ? `use --interval ${timeText(most)}` : 'begin with a larger step, or wait for traffic';
	return `${said}, and a step of ${interval} is prolonged to ${age(longestMs)} at most: then the canary is taken back for want of data, so ${remedy}`;
}

/** A time as `--interval` takes it, never a moment too short. */
const timeText = (ms: number) => (ms < 120_000 ? `${Math.ceil(ms / 1000)}s` : `${Math.ceil(ms / 60_000)}m`);
