import * as z from 'zod';
import type {SetFinding} from '../../../../analysis/coherence/set-finding.ts';
import {refText} from '../../../../core/kube/kube-object.ts';
import {count} from '../../../../core/text/count.ts';
import {textLines} from '../../../../core/text/styled.ts';
import type {View} from '../../../../core/tool.ts';

/** A finding as the tools of this specialist answer it. */
export const findingOutput = z.object({
	id: z.string(),
	status: z.enum(['pass', 'fail', 'not-applicable', 'not-checked']),
	severity: z.enum(['low', 'medium', 'high', 'critical']),
	/** `Deployment shop/web` */
	object: z.string(),
	cause: z.string(),
	/** What to do about it, in words; missing where nothing is to be done. */
	fix: z.string().optional(),
	/** Why it was not checked. */
	why: z.string().optional(),
	evidence: z.array(z.object({source: z.string(), detail: z.string()})),
});
export type FindingOutput = z.output<typeof findingOutput>;

export const findingOf = ({id, status, severity, resource, cause, fix, why, evidence}: SetFinding): FindingOutput => ({
	id,
	status,
	severity,
	object: resource === undefined ? '' : refText(resource),
	cause,
	...(fix === undefined ? {} : {fix}),
	...(why === undefined ? {} : {why}),
	evidence: [...evidence],
});

/** `2 of 14 checks failed, 1 was not made` */
export function tally(findings: readonly FindingOutput[]): string {
	const of = (status: FindingOutput['status']) => findings.filter(each => each.status === status).length;
	const made = findings.length - of('not-applicable');
	const unmade = of('not-checked');
	const more = unmade === 0 ? '' : `, ${unmade} could not be made`;
	return of('fail') === 0 ? `${count(made - unmade, 'check')} passed${more}` : `${of('fail')} of ${count(made, 'check')} failed${more}`;
}

/** Failures with their remedies, and what could not be checked; what passed is counted. */
export function findingLines(findings: readonly FindingOutput[], view: Pick<View, 'terminal' | 'width'>): readonly string[] {
	const say = (sign: string, text: string) => textLines(`${sign} `, text, view);
	return [
		...findings
			.filter(({status}) => status === 'fail')
			.flatMap(({object, cause, fix = ''}) => [...say('✗', `${object}: ${cause}.`), ...(fix === '' ? [] : say('  >', fix))]),
		...findings
			.filter(({status}) => status === 'not-checked')
			.flatMap(({object, id, why = ''}) => say('-', `${object}: ${id} was not checked: ${why}`)),
		...say(findings.some(({status}) => status === 'fail') ? '-' : '✓', tally(findings)),
	];
}
