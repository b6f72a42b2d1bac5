import type {Finding} from '../../core/finding.ts';
import {type MeasuredUnit, measuredText} from '../../core/text/measured-text.ts';
import {type Course, riseOf, type Shift} from './course.ts';
import type {Facts, MeasureName} from './facts.ts';

/** Something that those who ask the workload notice. */
export type Symptom = {
	readonly name: MeasureName;
	readonly severity: Finding['severity'];
	/** When it began, where it did within the time. */
	readonly shift?: Shift | undefined;
	readonly text: string;
};

/** Parts of requests that fail, from which it is told, and is grave: budgets of 99 % and 95 %. */
const failing = {told: 0.01, high: 0.05, critical: 0.25};

/** Latencies that rose by this factor are told; more than the other is grave. */
const slower = {told: 1.25, high: 3};

/** `12 % since then, 0.1 % before` */
export const shiftText = ({from, to}: Shift, unit: MeasuredUnit) => `${measuredText(to, unit)}, ${measuredText(from, unit)} before`;

const errorSeverity = (level: number): Finding['severity'] =>
	level >= failing.critical ? 'critical' : level >= failing.high ? 'high' : 'medium';

function errorSymptom(errors: Course | undefined): readonly Symptom[] {
	if (errors === undefined || errors.level < failing.told) return [];
	const shift = riseOf(errors, 1);
	const text = shift === undefined ? `${measuredText(errors.level, 'ratio')} of its requests fail` : `fails ${shiftText(shift, 'ratio')}`;
	return [{name: 'errors', severity: errorSeverity(errors.level), shift, text}];
}

function latencySymptom({measures}: Pick<Facts, 'measures'>): readonly Symptom[] {
	for (const name of ['latency-p95', 'latency-p99', 'latency-p50'] as const) {
		const course = measures.get(name);
		const shift = course === undefined ? undefined : riseOf(course, slower.told);
		if (shift === undefined) continue;
		const severity = shift.to >= slower.high * shift.from ? 'high' : 'medium';
		return [{name, severity, shift, text: `${name.replace('latency-', 'answers in ')} ${shiftText(shift, 'seconds')}`}];
	}
	return [];
}

/** What users notice: failures, and answers that take longer than they did. The gravest first. */
export const symptomsOf = (facts: Pick<Facts, 'measures'>): readonly Symptom[] => {
	const found = [...errorSymptom(facts.measures.get('errors')), ...latencySymptom(facts)];
	return found.toSorted((a, b) => gravity.indexOf(b.severity) - gravity.indexOf(a.severity));
};

export const gravity: readonly Finding['severity'][] = ['low', 'medium', 'high', 'critical'];
