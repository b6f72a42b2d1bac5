import {textLines} from '../../../core/text/styled.ts';
import type {View} from '../../../core/tool.ts';
import type {Progress} from './progress.ts';

const signs: {readonly [state in Progress['state']]: string} = {healthy: '✓', 'rolling-out': '-', paused: '!', degraded: '✗'};

/** One line for one state, such as `Rollout shop/web Paused: step 2 of 4, pause until promoted, weight 25 %`. */
export function progressLine({object, phase, message, step, weight}: Progress): string {
	const parts = [
		...(step === undefined ? [] : [`step ${step.index} of ${step.of}, ${step.title}`]),
		...(weight === undefined || step?.title === `weight ${weight} %` ? [] : [`weight ${weight} %`]),
		...(message === '' ? [] : [message]),
	];
	return `${object} ${phase}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

const bad = new Set(['Failed', 'Error', 'Inconclusive']);

/** Why analyses did not pass: the metric, its value, what it had to meet, and the controller's words. */
export const failedMetrics = ({analyses}: Progress): readonly string[] =>
	analyses.flatMap(({name, phase, message, metrics}) => {
		const failing = metrics.filter(metric => bad.has(metric.phase)).map(metric => `${name}: ${metricText(metric)}`);
		return failing.length > 0 || !bad.has(phase) ? failing : [`${name} ${phase}${message === '' ? '' : `: ${message}`}`];
	});

function metricText({name, phase, value, condition, message}: Progress['analyses'][number]['metrics'][number]): string {
	const told = [
		...(value === '' ? [] : [`value ${value}`]),
		...(condition === '' ? [] : [condition]),
		...(message === '' ? [] : [message]),
	];
	return `metric ${name} ${phase}${told.length === 0 ? '' : ` (${told.join('; ')})`}`;
}

/** How far a controller is, for people: the state first, then what it tells beside it. */
export function progressText(progress: Progress, view: View): readonly string[] {
	const say = (text: string, lead = '') => textLines(lead, text, view);
	return [
		...say(progressLine(progress), `${signs[progress.state]} `),
		...progress.facts.flatMap(fact => say(fact, '  ')),
		...progress.analyses.flatMap(({name, phase, message, metrics}) => [
			...say(`analysis ${name} ${phase}${message === '' ? '' : `: ${message}`}`, bad.has(phase) ? '✗ ' : '  '),
			...metrics.flatMap(metric => say(metricText(metric), bad.has(metric.phase) ? '  ✗ ' : '    ')),
		]),
		...progress.notChecked.flatMap(text => say(`Not checked: ${text}`, '! ')),
	];
}
