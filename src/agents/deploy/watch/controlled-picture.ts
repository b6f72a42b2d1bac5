import type {RolloutPicture} from '../../../core/rollout-picture.ts';
import type {ControllerKind} from '../backends/backend.ts';
import {nextFor} from '../backends/next-for.ts';
import type {Progress} from '../backends/progress.ts';
import {failedMetrics} from '../backends/progress-text.ts';
import type {Progressed} from './own-picture.ts';
import {sharesOf} from './traffic-shares.ts';

const leaders: {readonly [kind in ControllerKind]: string} = {
	'argo-rollout': 'Argo Rollouts',
	flagger: 'Flagger',
	kruise: 'OpenKruise Rollouts',
};

const states = {healthy: 'done', 'rolling-out': 'running', paused: 'paused', degraded: 'failed'} as const;

/** How far a rollout is that a controller of the cluster carries out, in the controller's own words. */
export function controlledPicture(progress: Progress): Progressed {
	const {object, phase, message, state, step, facts, controller} = progress;
	const said = [phase, message, ...facts].filter(text => text !== '').join('; ');
	const isResting = state === 'healthy' || state === 'degraded';
	return {
		summary: object,
		state: states[state],
		isControlled: true,
		led: leaders[controller],
		metrics: [],
		...(step === undefined ? {} : {step: {...step, index: step.index - 1}}),
		...(isResting ? {reason: said} : {progress: {text: said}}),
		...verdictOf(progress),
		next: nextFor(progress),
	};
}

/** What its analyses say together. */
function verdictOf(progress: Progress): Pick<Progressed, 'verdict'> {
	const {analyses} = progress;
	if (analyses.length === 0) return {};
	const failed = failedMetrics(progress);
	if (failed.length > 0) return {verdict: {verdict: 'fail', text: failed.join('; ')}};
	const text = analyses.map(({name, phase, metrics}) => [`${name} ${phase}`, ...metrics.map(measured)].join(', ')).join('; ');
	return {verdict: {verdict: analyses.every(({phase}) => phase === 'Successful') ? 'pass' : 'not-enough-data', text}};
}

const measured = ({name, value, condition}: Progress['analyses'][number]['metrics'][number]) =>
	`${name} ${value === '' ? 'not measured yet' : value}${condition === '' ? '' : ` (${condition})`}`;

/** Shares as the controller means them to be. */
export function controlledShares({weight, controller}: Progress): Pick<RolloutPicture, 'weights' | 'weighed'> {
	if (weight === undefined) return {weights: []};
	return {...sharesOf(weight / 100), weighed: `as ${leaders[controller]} has it`};
}
