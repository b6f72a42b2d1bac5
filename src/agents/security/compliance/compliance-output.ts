import * as z from 'zod';
import type {ControlResult, Evidence} from '../../../analysis/compliance/assess.ts';
import type {Benchmark, Control} from '../../../analysis/compliance/benchmark.ts';
import {distributions} from '../../../analysis/scan/platform-components.ts';
import type {Finding} from '../../../core/finding.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {uncheckedSchema} from '../../../core/unchecked.ts';

const states = ['pass', 'fail', 'not-applicable', 'not-checked'] as const;
const needs = ['api', 'node', 'cloud', 'person'] as const;

const evidenceSchema = z.object({
	/** `api` or `kube-bench`. */
	from: z.enum(['api', 'kube-bench']),
	/** Id of the check; none of kube-bench. */
	check: z.string().optional(),
	resource: refSchema.optional(),
	/** The field. */
	path: z.string().optional(),
	detail: z.string(),
	/** The program of the cluster's own that the object is: no failure. */
	platform: z.string().optional(),
});
type ToldEvidence = z.output<typeof evidenceSchema>;

const controlSchema = z.object({
	id: z.string(),
	section: z.string(),
	title: z.string(),
	/** Whether a machine can judge it, as the benchmark has it. */
	automated: z.boolean(),
	needs: z.enum(needs),
	status: z.enum(states),
	why: z.string().optional(),
	checks: z.array(z.string()),
	/** Objects that passed. */
	passed: z.number(),
	/** Findings in the cluster's own programs. */
	platform: z.number(),
	evidence: z.array(evidenceSchema),
	/** Objects that passed, where a pack of evidence was asked for. */
	seen: z.array(refSchema).optional(),
	/** Rows of evidence and objects beyond those told. */
	more: z.number(),
});
export type ToldControl = z.output<typeof controlSchema>;

const countSchema = z.object({controls: z.number(), pass: z.number(), fail: z.number(), notApplicable: z.number(), notChecked: z.number()});

export const complianceSchema = z.object({
	benchmark: z.string(),
	title: z.string(),
	/** What was looked at: `all namespaces of prod`. */
	where: z.string(),
	/** Who read it, as the kubeconfig names them. */
	readBy: z.string(),
	takenAt: z.string(),
	kubernetes: z.string().optional(),
	distribution: z.enum(distributions).optional(),
	/** Results of kube-bench that were taken in. */
	kubeBench: z.number(),
	summary: countSchema.extend({
		automatable: z.number(),
		/** Of the automatable, those with a verdict. */
		checked: z.number(),
		/** What the automatable ones that have no verdict would take. */
		wanting: z.object({api: z.number(), node: z.number(), cloud: z.number(), person: z.number()}),
	}),
	/** A pack of evidence was asked for. */
	pack: z.boolean(),
	controls: z.array(controlSchema),
	notChecked: z.array(uncheckedSchema),
});
export type ToldCompliance = z.output<typeof complianceSchema>;

const toldEvidence = (evidence: Evidence): ToldEvidence =>
	evidence.from === 'kube-bench'
		? {from: 'kube-bench', path: evidence.node, detail: `${evidence.status}: ${evidence.detail}`}
		: {
				...{from: 'api', check: evidence.check, resource: evidence.resource, detail: oneLine(evidence.detail)},
				...(evidence.path === '' ? {} : {path: evidence.path}),
				...(evidence.platform === undefined ? {} : {platform: evidence.platform}),
			};

/** Of one control, where no pack was asked for. */
const fewRows = 3;

type Told = {readonly results: readonly ControlResult[]; readonly isPack: boolean; readonly characters: number};

/** Controls with as much of their evidence as a budget of JSON characters takes: each its share, and what those before it left. What is left out is counted. */
export function toldControls(benchmark: Benchmark, {results, isPack, characters}: Told): ToldControl[] {
	const sectionOf = new Map(
		benchmark.sections.flatMap(({title, controls}) => controls.map((control): [Control, string] => [control, title])),
	);
	const share = characters / Math.max(1, results.length);
	let left = 0;
	const within = <Row>(rows: readonly Row[]) => {
		const taken: Row[] = [];
		for (const row of isPack ? rows : rows.slice(0, fewRows)) {
			const size = JSON.stringify(row).length;
			if (size > left) break;
			left -= size;
			taken.push(row);
		}
		return taken;
	};
	return results.map(({control, status, why, passed, platform, evidence}) => {
		const {id, title, automated, needs: wanted, checks} = control;
		left += share;
		const rows = within(evidence.map(toldEvidence));
		const seen = isPack ? within(passed) : undefined;
		return {
			...{id, section: sectionOf.get(control) ?? '', title, automated, needs: wanted, status},
			...(why === undefined ? {} : {why: oneLine(why)}),
			...{checks: [...checks], passed: passed.length, platform, evidence: rows},
			...(seen === undefined ? {} : {seen}),
			more: evidence.length - rows.length + (seen === undefined ? 0 : passed.length - seen.length),
		};
	});
}

const inState = (results: readonly ControlResult[], state: ControlResult['status']) =>
	results.filter(({status}) => status === state).length;

/** Counts that never call a pass what nobody looked at. */
export function summaryOf(results: readonly ControlResult[]): ToldCompliance['summary'] {
	const automatable = results.filter(({control}) => control.automated);
	const open = automatable.filter(({status}) => status === 'not-checked');
	// An argument that no pod shows stands on a node, where kube-bench reads it.
	const wanting = (what: Control['needs']) =>
		open.filter(({control: {needs: own, on}}) => (on === undefined ? own : 'node') === what).length;
	return {
		...{controls: results.length, pass: inState(results, 'pass'), fail: inState(results, 'fail')},
		...{notApplicable: inState(results, 'not-applicable'), notChecked: inState(results, 'not-checked')},
		...{automatable: automatable.length, checked: automatable.length - open.length},
		wanting: {api: wanting('api'), node: wanting('node'), cloud: wanting('cloud'), person: wanting('person')},
	};
}

/** Each control as a finding. How grave a failure is, a benchmark does not say: a machine's verdict weighs more than a hint for a review. */
export const complianceFindings = ({title, controls}: ToldCompliance): readonly Finding[] =>
	controls.map(control => ({
		...{
			id: `${control.id}`,
			status: control.status,
			severity: control.automated ? 'medium' : 'low',
			cause: `${title} ${control.id}: ${control.title}`,
		},
		...(control.evidence[0]?.resource === undefined ? {} : {resource: control.evidence[0].resource}),
		...(control.evidence[0]?.path === undefined ? {} : {path: control.evidence[0].path}),
		evidence: control.evidence.map(({resource, path, detail, from}) => ({
			source: resource === undefined ? from : [refText(resource), path].filter(part => part !== undefined).join(' '),
			detail,
		})),
		...(control.why === undefined ? {} : {why: control.why}),
	}));
