import {candidates, neededWith} from './candidates.ts';
import {type Floor, floorPlan, type LoadForecast} from './floor-plan.ts';
import {type Demand, demandIn, type LoadSample} from './load-history.ts';
import {type PodShape, type Replay, replay, type ScaleSettings} from './replay.ts';
import {type PodRequests, requestsFrom} from './requests-from-history.ts';

/** A workload with its past. */
export type ScaleQuestion = {
	readonly history: readonly LoadSample[];
	/** Its request may be missing; then one is recommended, and counted with. */
	readonly pod: Omit<PodShape, 'requestCores'> & {readonly requestCores?: number | undefined};
	/** What scales it now; undefined where nothing does. */
	readonly present?: ScaleSettings | undefined;
	readonly forecast?: LoadForecast | undefined;
	readonly nowMs: number;
};

type Sureness = 'low' | 'medium' | 'high';

export type ScaleRecommendation = {
	readonly settings: ScaleSettings;
	readonly requests: PodRequests;
	/** Times at which the floor should be higher than `settings` have it, for what is forecast. */
	readonly floors: readonly Floor[];
	/** What would have come of the recommended settings over the history, and of the present ones. */
	readonly replayed: Replay;
	readonly before: Replay | undefined;
	readonly isChange: boolean;
	readonly evidence: readonly string[];
	readonly sureness: Sureness;
};

/** Why nothing is recommended. */
export type ScaleRefusal = {readonly refused: string};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A day, so that its peak is in it. AWS's predictive scaling asks for the same. */
const leastMs = dayMs;
const leastSamples = 100;
/** Part of the time that must be covered. */
const leastCoverage = 0.5;
/** Part of the time for which saturation is borne: three nines, as a common objective has it. */
const saturatedPart = 0.001;
/** Pod-hours that a change must save to be worth one. The dead band of right-sizing. */
const worthwhile = 0.1;
/** Part of its limit from which on a pod may have been asked for more than it could do. */
const nearlyFull = 0.95;

function refusal({points, coveredMs, coverage}: Demand): string | undefined {
	const have = `${points.length} samples over ${(coveredMs / hourMs).toFixed(1)} hours`;
	if (points.length < leastSamples) return `There is too little history: ${have}; it takes ${leastSamples} samples.`;
	if (coveredMs < leastMs) return `There is too little history: ${have}; it takes a whole day, so that its peak is in it.`;
	if (coverage < leastCoverage) return `The history has too many gaps: ${Math.round(coverage * 100)} % of its time is covered.`;
	return undefined;
}

/** How sure: a week has its weekend; two days have a peak twice. What was full may have been asked for more than was seen. */
function surenessOf({coveredMs, coverage}: Demand, fullPart: number): Sureness {
	if (coveredMs >= 7 * dayMs && coverage >= 0.95 && fullPart <= saturatedPart) return 'high';
	return coveredMs >= 2 * dayMs && fullPart <= 0.01 ? 'medium' : 'low';
}

type Tried = {readonly settings: ScaleSettings; readonly replayed: Replay};

const isBorne = ({saturatedSeconds, seconds}: Replay) => saturatedSeconds <= saturatedPart * seconds;
const isCalm = ({flaps, seconds}: Replay) => flaps <= seconds / 3600;

/** The cheapest that bears the load without flapping; else the one that is saturated the least. */
function best(tried: readonly Tried[]): Tried | undefined {
	const good = tried.filter(({replayed}) => isBorne(replayed) && isCalm(replayed));
	if (good.length > 0) return good.toSorted((a, b) => a.replayed.podHours - b.replayed.podHours)[0];
	return tried.toSorted(
		(a, b) => a.replayed.saturatedSeconds - b.replayed.saturatedSeconds || a.replayed.podHours - b.replayed.podHours,
	)[0];
}

/** Whether what is set now will do: it bears the load, is calm, and the other does not save enough. */
const willDo = (before: Replay, {replayed}: Tried) =>
	isBorne(before) && isCalm(before) && replayed.podHours > before.podHours * (1 - worthwhile);

/** The most cores that are forecast, by the upper end of the interval. */
const mostComing = (forecast: LoadForecast | undefined): number =>
	forecast?.points.reduce((most, {high}) => (Number.isFinite(high) ? Math.max(most, high) : most), 0) ?? 0;

const told = ({saturatedSeconds, podHours, flaps, peakReplicas}: Replay) =>
	`${Math.round(saturatedSeconds)} s saturated, ${podHours.toFixed(1)} pod-hours, ${flaps} rescales taken back, at most ${peakReplicas} replicas`;

/** Part of the samples in which pods had nearly all that their limit lets them; without a limit nothing holds them back. */
const fullPartOf = (history: readonly LoadSample[], {limitCores}: PodShape) =>
	limitCores === undefined ? 0 : history.filter(({cpuPerPod}) => cpuPerPod >= nearlyFull * limitCores).length / Math.max(1, history.length);

/**
 * Settings for a horizontal autoscaler on CPU, and requests, from what a workload went through: each candidate is replayed over the past, and
 * the cheapest that bears it is taken. A forecast may only raise the floor. Where there is too little to go by, nothing is recommended; where
 * there is little, nothing is lowered; where the present settings do as well, they stay.
 */
export function recommendScale(question: ScaleQuestion): ScaleRecommendation | ScaleRefusal {
	const {history, pod, present, forecast, nowMs} = question;
	const demand = demandIn(history);
	const refused = refusal(demand);
	if (refused !== undefined) return {refused};
	const requests = requestsFrom(history, pod.requestCores);
	const requestCores = requests.cores ?? 0;
	if (!(requestCores > 0)) return {refused: 'The pods have no CPU request, and used none by which one could be found.'};
	const shape = {...pod, requestCores};
	const fullPart = fullPartOf(history, shape);
	const sureness = surenessOf(demand, fullPart);
	const coming = mostComing(forecast);
	const tried = candidates(demand, requestCores, present, coming, sureness !== 'low').map(settings => ({
		settings,
		replayed: replay(demand, shape, settings),
	}));
	const chosen = best(tried);
	if (chosen === undefined) return {refused: 'There are no settings to try.'};
	const before = present === undefined ? undefined : replay(demand, shape, present);
	const hasRoom = present !== undefined && present.maxReplicas >= neededWith(requestCores, present.targetPercent)(coming);
	const kept = hasRoom && before !== undefined && willDo(before, chosen) ? {settings: present, replayed: before} : chosen;
	const need = neededWith(requestCores, kept.settings.targetPercent);
	const floors = forecast === undefined ? [] : floorPlan(forecast, need, kept.settings, pod.readinessMs + 60_000, nowMs);
	const isFloorInUse = kept.settings.minReplicas === need(demand.points.at(-1)?.cores ?? 0);
	return {
		...{settings: kept.settings, replayed: kept.replayed, before, requests, floors, sureness},
		isChange: kept.settings !== present,
		evidence: [
			`${demand.points.length} samples over ${(demand.coveredMs / dayMs).toFixed(1)} days, ${Math.round(demand.coverage * 100)} % covered; ${tried.length} settings were replayed over them`,
			`recommended: ${told(kept.replayed)}`,
			...(before === undefined ? [] : [`as it is set now: ${told(before)}`]),
			...(isFloorInUse ? ['the floor is what is used now; at a quieter hour it may be lower'] : []),
			...(isBorne(kept.replayed) ? [] : ['no setting bears the load as fast as it comes: pods start too late for it']),
			...(fullPart > saturatedPart
				? [`pods were nearly full in ${(fullPart * 100).toFixed(1)} % of the samples, so more may have been asked of them than was seen`]
				: []),
			...(floors.length > 0 && forecast !== undefined ? [`the floor rises ahead of what ${forecast.source} forecasts`] : []),
		],
	};
}
