import {defaultSettings} from '../../../analysis/autoscaling/hpa/settings.ts';
import type {Floor} from '../../../analysis/autoscaling/scale/floor-plan.ts';
import type {LoadSample} from '../../../analysis/autoscaling/scale/load-history.ts';
import {recommendScale, type ScaleRecommendation} from '../../../analysis/autoscaling/scale/recommend-scale.ts';
import type {ScaleSettings} from '../../../analysis/autoscaling/scale/replay.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import type {ObservationPorts} from '../../deploy/optimize/observation-ports.ts';
import {demandMarkedMetrics} from '../marked-metrics.ts';
import type {MonitoringPorts} from '../ports.ts';
import {comingLoad} from './load/coming-load.ts';
import {type LoadAhead, loadAhead} from './load/load-ahead.ts';
import {type PastLoad, pastLoad} from './load/past-load.ts';
import {readyDelay, unseenDelayMs} from './ready-delay.ts';
import type {ScaledBy} from './scaled-by.ts';
import type {ScaledWorkload} from './scaled-workload.ts';
import {sizings} from './size-requests.ts';

export type Recommended = {
	readonly past: PastLoad;
	readonly found: ScaleRecommendation;
	/** What is to be set: as recommended, with the floor that a forecast wants already now. */
	readonly settings: ScaleSettings;
	/** Whether that is another than what is set now. */
	readonly isChange: boolean;
	/** Whether something would be lowered if no peak were near. */
	readonly isKept: boolean;
	/** A floor that is raised ahead of a peak, now and later. */
	readonly floorNow: Floor | undefined;
	readonly floorsLater: readonly Floor[];
	/** Pods that there were on average. */
	readonly meanPods: number;
	/** Why nothing is forecast. */
	readonly noForecast: string | undefined;
	/** What it had to do without. */
	readonly notChecked: PastLoad['notChecked'];
};

type Asked = {readonly sinceMs: number; readonly aheadMs: number};

const samplesOf = ({samples, byContainer}: PastLoad, {container}: ScaledBy): readonly LoadSample[] =>
	container === undefined ? samples : (byContainer.get(container) ?? []);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Before a peak that is so near nothing is taken away: what goes would have to come back. */
const nearMs = 2 * 3_600_000;

const withoutLowering = (settings: ScaleSettings, present: ScaleSettings): ScaleSettings => ({
	...settings,
	minReplicas: Math.max(settings.minReplicas, present.minReplicas),
	maxReplicas: Math.max(settings.maxReplicas, present.maxReplicas),
	targetPercent: Math.min(settings.targetPercent, present.targetPercent),
});

const differs = (one: ScaleSettings, other: ScaleSettings | undefined): boolean =>
	one.minReplicas !== other?.minReplicas || one.maxReplicas !== other.maxReplicas || one.targetPercent !== other.targetPercent;

/** Floors for loads by which the autoscaler itself would add pods: one within its tolerance is borne by those there are. */
function beyondTolerance({floors, settings, requests}: ScaleRecommendation, ahead: LoadAhead | undefined): readonly Floor[] {
	const borne = (settings.minReplicas * (requests.cores ?? 0) * settings.targetPercent * (1 + defaultSettings.tolerance)) / 100;
	const busy =
		ahead === undefined ? [] : comingLoad(ahead, at => ahead.forecast.steps[at]?.high80 ?? 0).points.filter(({high}) => high > borne);
	return floors.filter(({fromMs, toMs}) => busy.some(({atMs}) => atMs >= fromMs && atMs < toMs));
}

/**
 * What an autoscaler of a workload should be set to, by its past and what is forecast. The same for the life of a command, whose plan is made
 * twice.
 * @throws MkcoaError `not-enough-data` with what there is too little of
 */
export async function recommended(
	workload: ScaledWorkload,
	by: ScaledBy,
	{sinceMs, aheadMs}: Asked,
	{ports, emit}: Context<MonitoringPorts & ObservationPorts>,
): Promise<Recommended> {
	const ready = readyDelay(workload.subject.pods);
	const pod = {requestCores: by.requestCores, limitCores: by.limitCores, readinessMs: ready?.ms ?? unseenDelayMs};
	const key = ['scale', refText(workload.ref), sinceMs, aheadMs, JSON.stringify([pod.requestCores, pod.limitCores, by.present ?? null])];
	return ports.observe(key.join(' '), async () => {
		const metrics = await demandMarkedMetrics(ports);
		emit({kind: 'progress', text: `Asking ${metrics.source}`});
		const past = await pastLoad(metrics, workload.subject, sinceMs);
		const {range} = past.sampling;
		const history = samplesOf(past, by);
		emit({kind: 'progress', text: 'Trying models on the past of its load'});
		const ahead = loadAhead(history, range, aheadMs);
		emit({kind: 'progress', text: 'Replaying settings over its past'});
		const found = recommendScale({
			...{history, pod, present: by.present, nowMs: range.toMs},
			forecast: 'why' in ahead ? undefined : comingLoad(ahead, at => ahead.forecast.steps[at]?.high80 ?? 0),
		});
		if ('refused' in found)
			throw new MkcoaError({
				kind: 'environment',
				code: 'not-enough-data',
				what: `Nothing is recommended for ${refText(workload.ref)}`,
				why: found.refused,
				next: 'Let more be measured, or look further back with --since',
			});
		const floors = beyondTolerance(found, 'why' in ahead ? undefined : ahead);
		const floorNow = floors.find(({fromMs, toMs}) => fromMs <= range.toMs && toMs > range.toMs);
		const isPeakNear = floors.some(({fromMs}) => fromMs <= range.toMs + nearMs);
		const kept = isPeakNear && by.present !== undefined ? withoutLowering(found.settings, by.present) : found.settings;
		const settings = {...kept, minReplicas: Math.max(kept.minReplicas, floorNow?.minReplicas ?? 0)};
		return {
			...{past, found, floorNow, settings, isChange: differs(settings, by.present)},
			isKept: differs(kept, found.settings),
			floorsLater: floors.filter(floor => floor !== floorNow),
			meanPods: mean(history.map(({replicas}) => replicas)),
			noForecast: 'why' in ahead ? ahead.why : undefined,
			// Requests are told elsewhere, and nothing is set by them.
			notChecked: [...past.notChecked.filter(({what}) => what !== 'requests'), ...metrics.missing()],
		};
	});
}

/** Requests that the containers should have, those that an autoscaler cannot do without among them. */
export const requestSizings = (workload: ScaledWorkload, {past, found}: Recommended) =>
	sizings(workload.object, past.byContainer, found.sureness !== 'low');
