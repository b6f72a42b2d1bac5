import * as z from 'zod';
import {families} from '../../../analysis/checks/check.ts';
import type {Exception} from '../../../analysis/scan/exceptions.ts';
import type {CheckResult, Failure, Scan} from '../../../analysis/scan/scan.ts';
import type {Finding} from '../../../core/finding.ts';
import {refKey} from '../../../core/kube/kube-object.ts';
import {refSchema} from '../../../core/kube/ref-schema.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {uncheckedSchema, unseenFinding} from '../../../core/unchecked.ts';

export const severities = ['critical', 'high', 'medium', 'low'] as const;
const states = ['fail', 'pass', 'not-applicable', 'not-checked'] as const;

const remedySchema = z.object({tool: z.string(), input: z.record(z.string(), z.json()), text: z.string()});

/** The faults of one check in one object. */
const failureSchema = z.object({
	/** Of the check. */
	id: z.string(),
	family: z.enum(families),
	severity: z.enum(severities),
	resource: refSchema,
	/** Fields at fault. */
	paths: z.array(z.string()),
	evidence: z.array(z.object({source: z.string(), detail: z.string()})),
	related: z.array(refSchema).optional(),
	/** Who writes the object anew, such as `Helm release shop/web`. */
	keeper: z.string().optional(),
	/** The program of the cluster's own that it is: told apart, in no score. */
	platform: z.string().optional(),
	/** Who answers for it: in no score either. */
	exception: z.object({owner: z.string(), reason: z.string(), expires: z.string()}).optional(),
	remedy: remedySchema.optional(),
	noRemedy: z.string().optional(),
});
export type ToldFailure = z.output<typeof failureSchema>;

const resultSchema = z.object({
	id: z.string(),
	family: z.enum(families),
	title: z.string(),
	severity: z.enum(severities),
	state: z.enum(states),
	/** Objects. */
	passed: z.number(),
	failed: z.number(),
	excepted: z.number(),
	platform: z.number(),
	/** Reasons why a part was not checked. */
	why: z.array(z.string()),
});

const exceptionSchema = z.object({
	check: z.string(),
	object: z.string(),
	path: z.string().optional(),
	owner: z.string(),
	expires: z.string(),
});

export const scanSchema = z.object({
	/** What was scanned: `all namespaces of prod`, `manifests`. */
	where: z.string(),
	takenAt: z.string(),
	kubernetes: z.string().optional(),
	distribution: z.string().optional(),
	asked: z.object({
		namespace: z.string().optional(),
		check: z.string().optional(),
		family: z.string().optional(),
		severity: z.string().optional(),
	}),
	objects: z.number(),
	/** Objects judged at the controller that made them. */
	atOwner: z.number(),
	/** From 0 to 100 over what was checked; none where nothing was. */
	score: z.number().optional(),
	podSecurity: z.object({restricted: z.number(), baseline: z.number(), privileged: z.number()}),
	results: z.array(resultSchema),
	failures: z.array(failureSchema),
	/** Failures beyond those told. */
	more: z.number(),
	notChecked: z.array(uncheckedSchema),
	exceptions: z.object({expired: z.array(exceptionSchema), unmatched: z.array(exceptionSchema)}),
	diff: z
		.object({
			since: z.string(),
			score: z.number().optional(),
			fresh: z.array(z.string()),
			fixed: z.array(z.string()),
			unchanged: z.number(),
		})
		.optional(),
});
export type ToldScan = z.output<typeof scanSchema>;

/** What names a failure, and who answers for it. */
export const seenFailure = ({check: {id}, resource, faults, platform, exception}: Failure) => ({
	...{id, resource},
	paths: [...new Set(faults.flatMap(({paths}) => paths))],
	...(platform === undefined ? {} : {platform}),
	...(exception === undefined ? {} : {exception: {owner: exception.owner, reason: exception.reason, expires: exception.expires}}),
});

function toldFailure(failure: Failure): ToldFailure {
	const {check, faults, keeper, way} = failure;
	const {family, severity} = check;
	const remedy = way();
	const related = new Map(faults.flatMap(fault => fault.related ?? []).map(each => [refKey(each.resource), each.resource]));
	return {
		...seenFailure(failure),
		...{family, severity},
		evidence: faults.map(({paths, evidence}) => ({source: paths.join(', ') || 'the object', detail: oneLine(evidence)})),
		...(related.size === 0 ? {} : {related: [...related.values()]}),
		...(keeper === undefined ? {} : {keeper: oneLine(keeper)}),
		...('none' in remedy
			? {noRemedy: oneLine(remedy.none)}
			: // The input is JSON: optional fields make its type wider than what the schema tells.
				{remedy: {...remedy, input: remedy.input as Record<string, z.core.util.JSONType>, text: oneLine(remedy.text)}}),
	};
}

const toldResult = ({check: {id, family, title, severity}, ...counts}: CheckResult) => ({
	...{id, family, title, severity},
	...counts,
	why: [...counts.why],
});

const toldException = ({check, object, path, owner, expires}: Exception) => ({
	...{check, object, owner, expires},
	...(path === undefined ? {} : {path}),
});

/** What a scan says beside its failures, and those of them that a budget of JSON characters takes, gravest first. */
export function toldScan({score, results, failures, levels, distribution, judged, atOwner, expired, unmatched}: Scan, characters: number) {
	const told: ToldFailure[] = [];
	let used = 0;
	for (const failure of failures) {
		const next = toldFailure(failure);
		used += JSON.stringify(next).length + 1;
		if (used > characters && told.length > 0) break;
		told.push(next);
	}
	const ofLevel = (wanted: string) => levels.filter(({level}) => level === wanted).length;
	return {
		...(distribution === undefined ? {} : {distribution}),
		objects: judged,
		atOwner,
		...(score === undefined ? {} : {score}),
		podSecurity: {restricted: ofLevel('restricted'), baseline: ofLevel('baseline'), privileged: ofLevel('privileged')},
		results: results.map(toldResult),
		failures: told,
		more: failures.length - told.length,
		exceptions: {expired: expired.map(toldException), unmatched: unmatched.map(toldException)},
	};
}

const failureFinding = ({id, severity, resource, paths, evidence, remedy, noRemedy}: ToldFailure, title: string): Finding => ({
	...{id, severity, resource, evidence},
	status: 'fail',
	cause: `${title}: ${evidence.map(({detail}) => detail).join('; ')}`,
	...(paths[0] === undefined ? {} : {path: paths.join(', ')}),
	...(remedy === undefined ? {noRemedy} : {remedy}),
});

/**
 * A scan as reports tell it: every failure that somebody has to do something about, and how each other check came out. What is excepted, and what the
 * cluster's makers installed, has not passed: it does not apply, and says why.
 */
export function scanFindings({results, failures, notChecked}: ToldScan): readonly Finding[] {
	const titles = new Map(results.map(({id, title}) => [id, title]));
	const title = (id: string) => titles.get(id) ?? id;
	const told = failures.map((failure): Finding => {
		const finding = failureFinding(failure, title(failure.id));
		const {exception, platform} = failure;
		if (exception !== undefined)
			return {...finding, status: 'not-applicable', why: `excepted until ${exception.expires} by ${exception.owner}: ${exception.reason}`};
		return platform === undefined ? finding : {...finding, status: 'not-applicable', why: `part of the platform (${platform})`};
	});
	const others = results.flatMap(({id, severity, state, passed, why}): readonly Finding[] => {
		const about = {id, severity, evidence: []};
		const rest = why.length === 0 ? [] : [{...about, status: 'not-checked' as const, cause: title(id), why: why.join('; ')}];
		if (state === 'not-applicable')
			return [...rest, {...about, status: 'not-applicable', cause: title(id), why: 'there is nothing that it looks at'}];
		return state === 'pass' ? [{...about, status: 'pass', cause: `${title(id)}: ${passed} objects pass`}] : rest;
	});
	return [...told, ...others, ...notChecked.map(unseenFinding)];
}
